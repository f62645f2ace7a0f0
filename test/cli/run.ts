import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const cli = fileURLToPath(new URL('../../host/cli/footfall.ts', import.meta.url))

export interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs the real command in `cwd`, as a user would. */
export const footfall = (cwd: string, ...args: string[]): Promise<Ran> => run(cwd, args)

/**
 * Runs a command that serves the companion, sends Ctrl-C when `use` is through with it, and waits for its end.
 * @param use given the address on which it listens
 */
export function served(cwd: string, args: string[], use: (url: string) => Promise<void>): Promise<Ran> {
  return run(cwd, [...args, '--no-open', '--port', '0'], async (child, url) => {
    try {
      await use(url)
    } finally {
      child.kill('SIGINT')
    }
  })
}

type Use = (child: ChildProcessWithoutNullStreams, url: string) => Promise<void>

function run(cwd: string, args: string[], use?: Use): Promise<Ran> {
  const { INIT_CWD: _, ...env } = process.env
  const child = spawn(process.execPath, [cli, ...args], { cwd, env })
  let using: Promise<void> | undefined
  const ran: Ran = { code: null, stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => {
    ran.stdout += text
    const url = /companion: (\S+)\n/.exec(ran.stdout)?.[1]
    if (use && url !== undefined) using ??= use(child, url)
    // its failure is told at the end
    using?.catch(() => {})
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    ran.stderr += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', async (code) => {
      await using?.catch(reject)
      resolve({ ...ran, code })
    })
  })
}
