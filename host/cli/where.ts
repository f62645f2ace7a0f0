import { resolve } from 'node:path'

/** Paths are taken from where the user stands: npm changes the folder and leaves the old one in `INIT_CWD`. */
export const fromUser = (path: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), path)
