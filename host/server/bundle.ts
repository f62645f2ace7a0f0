import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const WEB = fileURLToPath(new URL('../web', import.meta.url))
/** Where a published package carries the companion ready built. */
export const PREBUILT = fileURLToPath(new URL('../../dist/web', import.meta.url))

export interface CompanionFile {
  name: string
  type: string
  body: Uint8Array
}

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
  const { outputFiles } = await build({
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
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
  })
  return [
    file('index.html', await readFile(join(WEB, 'index.html'))),
    ...outputFiles.map(({ path, contents }) => file(path.slice(WEB.length + 1), contents)),
  ]
}

/** `node host/server/bundle.ts` builds {@link PREBUILT} for publishing and prints the sizes. */
if (import.meta.main) {
  await mkdir(PREBUILT, { recursive: true })
  for (const { name, body } of await buildCompanion()) {
    await writeFile(join(PREBUILT, name), body)
    console.log(`${name}: ${body.length} bytes, ${gzipSync(body).length} gzipped`)
  }
}
