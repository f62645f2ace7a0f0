/** The board this program is for. The build puts the file of the wanted board in the place of this one. */
export { board } from './boards/puckjs-v2.ts'
