import { readFile, writeFile } from 'node:fs/promises'
import { loadTable } from './table.ts'

/** `npm run -s firmware-load`: measures every target and writes the table of `docs/firmware.md` anew. */
const page = new URL('../../docs/firmware.md', import.meta.url)
const [BEGIN, END] = ['<!-- loads -->\n', '<!-- end of loads -->']
const text = await readFile(page, 'utf8')
const from = text.indexOf(BEGIN) + BEGIN.length
const to = text.indexOf(END)
if (from < BEGIN.length || to < from) throw new Error(`${page.pathname} has no marks for its table`)
await writeFile(page, `${text.slice(0, from)}${await loadTable()}\n${text.slice(to)}`)
