import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Metafile } from 'esbuild'

const WEB = fileURLToPath(new URL('../web', import.meta.url))
/** Where a published package carries the companion ready built. */
export const PREBUILT = fileURLToPath(new URL('../../dist/web', import.meta.url))

export interface CompanionFile {
  name: string
  type: string
  body: Uint8Array
}

const FIRST_PAGE = 'live-page.tsx'

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  woff2: 'font/woff2',
}

const file = (name: string, body: Uint8Array): CompanionFile => ({
  name,
  type: TYPES[name.slice(name.lastIndexOf('.') + 1)]!,
  body,
})

/** Whether the companion lies ready built in {@link PREBUILT}. */
export const isPrebuilt = (): boolean => existsSync(join(PREBUILT, 'index.html'))

/** Builds the companion in memory: the page, one style sheet, the font, and scripts: what every page needs, and the rest when it is asked for. */
export async function buildCompanion(): Promise<CompanionFile[]> {
  const { build } = await import('esbuild')
  const { outputFiles, metafile } = await build({
    absWorkingDir: WEB,
    entryPoints: { app: 'main.tsx', style: 'style.css' },
    outdir: WEB,
    bundle: true,
    splitting: true,
    chunkNames: '[name]-[hash]',
    assetNames: '[name]',
    loader: { '.woff2': 'file' },
    publicPath: '/',
    write: false,
    metafile: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
  })
  const page = await readFile(join(WEB, 'index.html'), 'utf8')
  return [
    file('index.html', Buffer.from(page.replace('<script', `${preloads(metafile)}$&`))),
    ...outputFiles.map(({ path, contents }) => file(path.slice(WEB.length + 1), contents)),
  ]
}

/** Has the browser fetch at once what the first page needs, not one script after the other as each names the next. */
function preloads({ outputs }: Metafile): string {
  const needed = new Set<string>()
  const need = (path: string): void => {
    if (needed.has(path)) return
    needed.add(path)
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement') need(next)
  }
  for (const [path, { entryPoint }] of Object.entries(outputs))
    if (entryPoint === 'main.tsx' || entryPoint === FIRST_PAGE) need(path)
  return [...needed].map((path) => `<link rel="modulepreload" href="/${path}">\n`).join('')
}

/** `node host/server/bundle.ts` builds {@link PREBUILT} for publishing and prints the sizes. */
if (import.meta.main) {
  await mkdir(PREBUILT, { recursive: true })
  for (const { name, body } of await buildCompanion()) {
    await writeFile(join(PREBUILT, name), body)
    console.log(`${name}: ${body.length} bytes, ${gzipSync(body).length} gzipped`)
  }
}
