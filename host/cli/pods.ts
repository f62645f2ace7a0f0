import { autoDetect } from '@serialport/bindings-cpp'
import type { Hello } from '../../shared/messages.ts'
import { HostClock } from '../link/host-clock.ts'
import { type Binding, listPorts, openPort } from '../link/ports.ts'

interface Found {
  path: string
  hello: Hello | null
  /** Why nobody answered. */
  problem: string | null
}

/** Asks every serial port who is there. */
export async function pods(options: { json?: boolean }): Promise<void> {
  const binding = autoDetect() as Binding
  const paths = await listPorts(binding)
  const found = await Promise.all(paths.map((path) => ask(path, binding)))
  if (options.json) process.stdout.write(`${JSON.stringify(found)}\n`)
  else process.stdout.write(found.length === 0 ? NOBODY : found.map(line).join(''))
}

const NOBODY =
  'no serial ports. Plug a pod in with a cable that carries data, or try the virtual ones: footfall demo\n'

async function ask(path: string, binding: Binding): Promise<Found> {
  const quiet = { binding, clock: new HostClock(), log: () => {} }
  try {
    const link = await openPort(path, quiet)
    try {
      return { path, hello: await link.greet(), problem: null }
    } finally {
      await link.close()
    }
  } catch (error) {
    return { path, hello: null, problem: (error as Error).message }
  }
}

function line({ path, hello, problem }: Found): string {
  if (hello === null) return `${path}  ${problem}\n`
  const place = hello.place ?? 'no place yet'
  return `${path}  ${place}  pod ${hello.id}, ${hello.board}, ${hello.imu} at ${hello.rateHz} Hz, firmware ${hello.fw}\n`
}
