import { gzipSync } from 'node:zlib'
import { buildCompanion } from '../../host/server/bundle.ts'

/** What a browser fetches for each page of the companion, gzipped: `npm run -s bundle-sizes`. */

const files = new Map((await buildCompanion()).map(({ name, body }) => [name, body]))
const gzipped = (name: string): number => gzipSync(files.get(name)!).length
const scriptOf = (name: string): string => new TextDecoder().decode(files.get(name)!)

/** A script and all that it imports before it runs. */
function closure(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name) || !files.has(name)) return found
  found.add(name)
  for (const [, imported] of scriptOf(name).matchAll(/(?:from|import)\s*"\.?\/([^"]+)"/g))
    closure(imported!, found)
  return found
}

const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
const sum = (names: Iterable<string>): number => [...names].reduce((bytes, name) => bytes + gzipped(name), 0)

const shell = closure('app.js')
console.log(`every page: ${kB(sum(shell) + gzipped('index.html') + gzipped('style.css'))}`)
console.log(`letters: ${kB(files.get('inter-latin-wght-normal.woff2')!.length)}`)
for (const name of files.keys()) {
  if (!/^[a-z].*-[A-Z0-9]{8}\.js$/.test(name) || name.startsWith('chunk-')) continue
  const own = [...closure(name)].filter((part) => !shell.has(part))
  console.log(`${name.replace(/-[A-Z0-9]{8}\.js$/, '')}: ${kB(sum(own))} more`)
}
