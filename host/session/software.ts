import { readFileSync } from 'node:fs'

/** This software's version, from its own package. */
export const softwareVersion: string = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
).version
