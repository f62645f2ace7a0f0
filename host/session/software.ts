import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** This software's version, from its own package. */
export const softwareVersion: string = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version

/** Where numbers come from. */
const ROOMS = [
  'shared',
  ...['clock', 'motion', 'gait', 'metrics', 'analysis', 'link', 'session'].map((room) => `host/${room}`),
]
let code: string | null = null

/** The version and the very code that numbers come from: in a clone one version is many. */
export function softwareIdentity(): string {
  code ??= codeHash()
  return `${softwareVersion}+${code}`
}

function codeHash(): string {
  const hash = createHash('sha256')
  for (const room of ROOMS)
    for (const name of readdirSync(join(ROOT, room)).sort())
      if (/\.[jt]s$/.test(name)) hash.update(name).update(readFileSync(join(ROOT, room, name)))
  return hash.digest('hex').slice(0, 16)
}
