import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { minify } from 'terser'
import { boardModule } from './board-module.ts'
import type { BoardName } from './boards.ts'
import { checkBundle } from './gate.ts'
import { HIGH_G_DRIVERS, POD_IMUS } from './imus.ts'
import { type Target, type TargetRequest, targetOf } from './target.ts'

export type { BoardName } from './boards.ts'

export interface Firmware {
  target: Target
  /** The whole program, minified: what is saved to the pod. */
  code: string
  bytes: number
}

const pod = join(import.meta.dirname, '..', 'pod')

/** Files of the program that are one for each board, bus or chip: what stands in their place for this target. */
const forTarget = (target: Target): Plugin => ({
  name: 'target',
  setup(build) {
    const instead: Readonly<Record<string, string>> = {
      'bus.ts': `buses/${target.bus.kind}.ts`,
      'imu.ts': `imus/${POD_IMUS[target.imu].driver}.ts`,
      'high-g.ts': `high-g/${target.highG ? HIGH_G_DRIVERS[target.highG] : 'none'}.ts`,
    }
    build.onResolve({ filter: /\/(bus|imu|high-g)\.ts$/ }, (args) => {
      const [folder, file] = [join(args.resolveDir, args.path, '..'), args.path.split('/').at(-1)!]
      return folder === pod ? { path: join(pod, instead[file]!) } : undefined
    })
    build.onLoad({ filter: /pod[/\\]board\.ts$/ }, () => ({ contents: boardModule(target), loader: 'js' }))
  },
})

/**
 * Bundles, minifies and checks the pod's program for a board and what is wired to it.
 * @throws Error that lists what Espruino could not run, or what the board has instead of what was asked for
 */
export async function buildFirmware(request: TargetRequest | BoardName): Promise<Firmware> {
  const target = targetOf(request)
  const code = await toEspruino(join(pod, 'pod.ts'), target.board.byteBudget, forTarget(target))
  return { target, code, bytes: Buffer.byteLength(code) }
}

/**
 * A program of ours as one minified file in the JavaScript that Espruino runs.
 * @param entry its first file
 * @param byteBudget the largest it may be
 * @throws Error that lists what it could not run
 */
export async function toEspruino(entry: string, byteBudget: number, ...plugins: Plugin[]): Promise<string> {
  const bundled = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'es2015',
    treeShaking: true,
    minifySyntax: true,
    legalComments: 'none',
    plugins,
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
  const faults = checkBundle(code, byteBudget)
  if (faults.length > 0)
    throw new Error(
      `${entry} cannot run on Espruino:\n${faults.map((f) => `  ${f.line}:${f.column} ${f.rule}: ${f.text}`).join('\n')}`,
    )
  return code
}
