import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { minify } from 'terser'
import { checkBundle } from './gate.ts'

export const BOARDS = ['puckjs-v2', 'xiao-nrf52840-sense'] as const
export type BoardName = (typeof BOARDS)[number]

export interface Firmware {
  board: BoardName
  /** The whole program, minified: what is saved to the pod. */
  code: string
  bytes: number
}

const pod = join(import.meta.dirname, '..', 'pod')

/** Puts the wanted board's file in the place of `pod/board.ts`. */
const forBoard = (board: BoardName): Plugin => ({
  name: 'board',
  setup(build) {
    build.onResolve({ filter: /\/board\.ts$/ }, (args) =>
      args.kind === 'import-statement' && args.path === './board.ts' && args.resolveDir === pod
        ? { path: join(pod, 'boards', `${board}.ts`) }
        : undefined,
    )
  },
})

/**
 * Bundles, minifies and checks the pod's program for one board.
 * @throws Error that lists what Espruino could not run
 */
export async function buildFirmware(board: BoardName): Promise<Firmware> {
  const bundled = await build({
    entryPoints: [join(pod, 'pod.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'es2015',
    treeShaking: true,
    minifySyntax: true,
    legalComments: 'none',
    plugins: [forBoard(board)],
    logLevel: 'silent',
  })
  // A function must stand before its use (`hoist_funs`), and none may be moved into another's body: Espruino would make it anew at
  // every call.
  const minified = await minify(bundled.outputFiles[0]!.text, {
    ecma: 2015,
    toplevel: true,
    compress: {
      passes: 2,
      inline: false,
      reduce_funcs: false,
      sequences: false,
      hoist_funs: true,
      arrows: false,
      directives: false,
      global_defs: { '@espruinoRequire': 'require' },
    },
    format: { ascii_only: true },
  })
  const code = minified.code!
  const faults = checkBundle(code)
  if (faults.length > 0)
    throw new Error(
      `firmware for ${board} cannot run on Espruino:\n${faults.map((f) => `  ${f.line}:${f.column} ${f.rule}: ${f.text}`).join('\n')}`,
    )
  return { board, code, bytes: Buffer.byteLength(code) }
}

/** Writes `pod-<board>.js` for every board into `folder`, which must exist. */
export async function writeBundles(
  folder: string,
): Promise<{ board: BoardName; file: string; bytes: number }[]> {
  const built = await Promise.all(BOARDS.map(buildFirmware))
  return Promise.all(
    built.map(async ({ board, code, bytes }) => {
      const file = join(folder, `pod-${board}.js`)
      await writeFile(file, code)
      return { board, file, bytes }
    }),
  )
}
