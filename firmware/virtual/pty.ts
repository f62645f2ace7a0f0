import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import type { VirtualPod } from './pod.ts'

/** Bytes that wait for a terminal nobody reads; what comes on top is dropped, as by a board that is not connected. */
const WAITING_BYTES = 1 << 16
const OPEN_MS = 5000

export interface Pty {
  /** The terminal device that `serialport` opens. */
  path: string
  close(): Promise<void>
}

/** Keeps the terminal open without reading from it, for as long as this process lives. */
const HOLD = `while kill -0 ${process.pid} 2>/dev/null; do sleep 2; done`

/** Programs that make a raw pseudo-terminal, name it and then copy it to and from their own streams; the first present is used. */
const MAKERS: readonly { command: string; args: string[] }[] = [
  { command: 'script', args: ['-qfc', `stty raw -echo; tty; ${HOLD}`, '/dev/null'] },
  { command: 'socat', args: ['-d', '-d', '-', 'pty,raw,echo=0'] },
  {
    command: 'python3',
    args: [
      '-c',
      [
        'import os, pty, select, sys, tty',
        'ours, theirs = pty.openpty()',
        'tty.setraw(theirs)',
        'os.write(1, (os.ttyname(theirs) + "\\n").encode())',
        'while True:',
        '    ready = select.select([0, ours], [], [])[0]',
        '    if ours in ready: os.write(1, os.read(ours, 4096))',
        '    if 0 in ready:',
        '        data = os.read(0, 4096)',
        '        if not data: sys.exit()',
        '        os.write(ours, data)',
      ].join('\n'),
    ],
  },
]

/**
 * The pod behind a real pseudo-terminal, without a native module. Somebody else moves the pod's time on.
 * @throws Error when this machine has none of the programs that can make one
 */
export async function openPty(pod: Pick<VirtualPod, 'receive' | 'onBytes'>): Promise<Pty> {
  const problems: string[] = []
  for (const maker of MAKERS) {
    try {
      return await openWith(maker, pod)
    } catch (error) {
      problems.push(`${maker.command}: ${(error as Error).message}`)
    }
  }
  throw new Error(
    `no pseudo-terminal (${problems.join('; ')}); install script (util-linux), socat or python3, or run without --pty`,
  )
}

async function openWith(
  maker: { command: string; args: string[] },
  pod: Parameters<typeof openPty>[0],
): Promise<Pty> {
  const child = spawn(maker.command, maker.args, { stdio: ['pipe', 'pipe', 'pipe'] })
  const path = await terminalName(child)
  child.stdout.on('data', (bytes: Buffer) => pod.receive(bytes))
  child.stdin.on('error', () => {})
  const disconnect = pod.onBytes((bytes) => {
    if (child.stdin.writableLength < WAITING_BYTES) child.stdin.write(bytes)
  })
  return {
    path,
    close: () =>
      new Promise((resolve) => {
        disconnect()
        child.once('exit', () => resolve())
        child.kill('SIGKILL')
      }),
  }
}

/** The device's name: `script` and `python3` say it on standard output, `socat` among its notices. */
function terminalName(child: ChildProcessByStdio<Writable, Readable, Readable>): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const settle = (finish: () => void): void => {
      clearTimeout(late)
      child.stdout.off('data', hear)
      child.stderr.off('data', hear)
      finish()
    }
    const hear = (text: Buffer): void => {
      said += text.toString('latin1')
      const name = /(\/dev\/[\w/.]+)\s/.exec(said)
      if (name) settle(() => resolve(name[1]!))
    }
    const late = setTimeout(() => {
      child.kill('SIGKILL')
      settle(() => reject(new Error('named no terminal')))
    }, OPEN_MS)
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('error', (error) => settle(() => reject(error)))
    child.once('exit', () => settle(() => reject(new Error(said.trim() || 'ended at once'))))
  })
}
