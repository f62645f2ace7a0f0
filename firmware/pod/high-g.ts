/** A second accelerometer's driver, or none. The build puts the wanted file in the place of this one. */
export * from './high-g/none.ts'
