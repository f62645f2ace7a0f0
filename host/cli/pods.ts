import type { Hello } from '../../shared/messages.ts'
import { calibrationOf } from '../analysis/hello.ts'
import { HostClock } from '../link/host-clock.ts'
import { type Binding, listPorts, openPort } from '../link/ports.ts'
import { withPorts } from './binding.ts'
import { UsageError } from './exit.ts'

export interface Found {
  path: string
  hello: Hello | null
  /** Why nobody answered. */
  problem: string | null
}

/** Asks every serial port who is there. */
export async function pods(options: { json?: boolean; ble?: boolean }): Promise<void> {
  const found = await withPorts(options, whoAnswers)
  if (options.json) process.stdout.write(`${JSON.stringify(found)}\n`)
  else process.stdout.write(found.length === 0 ? nobody(options.ble) : found.map(line).join(''))
}

/** Each serial port, and who answered there. */
export async function whoAnswers(binding: Binding): Promise<Found[]> {
  const paths = await listPorts(binding)
  return Promise.all(paths.map((path) => ask(path, binding)))
}

/**
 * The pods that answer.
 * @throws Error when there is none
 */
export async function answering(binding: Binding): Promise<Found[]> {
  const found = (await whoAnswers(binding)).filter(({ hello }) => hello !== null)
  if (found.length === 0)
    throw new Error(
      'no pod answers: plug one in with a cable that carries data; footfall pods says what is there',
    )
  return found
}

/**
 * Path of the one pod that answers.
 * @throws Error when there is none, UsageError when there are several
 */
export async function onlyPod(binding: Binding): Promise<string> {
  const found = await answering(binding)
  if (found.length > 1)
    throw new UsageError(
      `several pods answer, choose one with --port PATH:\n${found.map(line).join('').trimEnd()}`,
    )
  return found[0]!.path
}

const nobody = (ble = false) =>
  `no serial ports${ble ? ', and no pods on Bluetooth' : ''}. Plug a pod in with a cable that carries data${ble ? ', switch it on' : ', look on Bluetooth with --ble'}, or try the virtual ones: footfall demo\n`

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

export function line({ path, hello, problem }: Found): string {
  if (hello === null) return `${path}  ${problem}\n`
  const place = hello.place ?? 'no place yet'
  const calibration = calibrationOf(hello)
  const calibrated =
    calibration === null ? 'not calibrated' : calibration === 'damaged' ? 'calibration damaged' : 'calibrated'
  return `${path}  ${place}  pod ${hello.id}, ${hello.board}, ${hello.imu} at ${hello.rateHz} Hz, firmware ${hello.fw}, ${calibrated}\n`
}
