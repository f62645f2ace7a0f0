import { readFile, writeFile } from 'node:fs/promises'

/** Puts `lines` between a page's `<!-- NAME -->` and `<!-- /NAME -->`. @throws Error when the page has no such place */
export async function putIntoPage(page: string, name: string, lines: readonly string[]): Promise<void> {
  const url = new URL(`../../${page}`, import.meta.url)
  const text = await readFile(url, 'utf8')
  const from = text.indexOf(`<!-- ${name} -->`)
  const to = text.indexOf(`<!-- /${name} -->`)
  if (from < 0 || to < from) throw new Error(`${page} has no <!-- ${name} --> … <!-- /${name} -->`)
  await writeFile(url, `${text.slice(0, from)}<!-- ${name} -->\n${lines.join('\n')}\n${text.slice(to)}`)
}
