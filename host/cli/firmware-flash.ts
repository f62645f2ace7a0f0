import { setTimeout as sleep } from 'node:timers/promises'
import { SerialPortStream } from '@serialport/stream'
import { buildFirmware } from '../../firmware/build/build.ts'
import { buildReceiver } from '../../firmware/build/receiver.ts'
import type { TargetRequest } from '../../firmware/build/target.ts'
import { requireBudget } from '../../firmware/load/load.ts'
import type { Hello } from '../../shared/messages.ts'
import { INTERPRETERS, RECEIVERS } from '../flash/boards.ts'
import { type FlashJob, flash } from '../flash/flash.ts'
import { HostClock } from '../link/host-clock.ts'
import { portProblem } from '../link/port-problem.ts'
import { type Binding, openPort } from '../link/ports.ts'
import { withPorts } from './binding.ts'
import { UsageError } from './exit.ts'
import { possible, type Wiring } from './firmware.ts'
import { Progress } from './progress.ts'

export interface FlashOptions extends Wiring {
  port: string
  board: TargetRequest['board']
  receiver?: boolean
  ble?: boolean
}

/** USB ignores it; it is what a console on a UART has after reset. */
const CONSOLE_BAUD = 9600
/** The program leaves the console on the port for three seconds after it has started. */
const BOOT_MS = 3500

/** Builds the program for a board, puts it there, starts it and waits until it says who it is. */
export async function firmwareFlash(options: FlashOptions): Promise<void> {
  const { port, ble = false, receiver = false, ...request } = options
  if (receiver && !RECEIVERS.includes(request.board))
    throw new UsageError(
      `${request.board} cannot be a receiver: it takes USB and Bluetooth, ${RECEIVERS.join(' or ')}`,
    )
  const code = receiver ? await buildReceiver() : await podProgram(possible(request))
  const progress = new Progress('flashing')
  await withPorts({ ble, paths: [port] }, async (binding) => {
    const { version } = await onPort(port, binding, {
      code,
      ...INTERPRETERS[request.board],
      onProgress: (share, doing) => progress.show(share, doing),
    })
    progress.done(`${code.length} bytes are in its flash and were read back whole; starting it …`)
    if (receiver) {
      process.stdout.write(`receiver on Espruino ${version}: it looks for pods; footfall pods lists them\n`)
      return
    }
    await sleep(BOOT_MS)
    const hello = await whoStarted(port, binding)
    process.stdout.write(
      `pod ${hello.id}: firmware ${hello.fw} for ${hello.board}, ${hello.imu}, on Espruino ${version}, ${hello.place ?? 'no place yet (footfall pods place)'}\n`,
    )
  })
}

/** @throws Error when it would be too busy, or could not run */
async function podProgram(request: TargetRequest): Promise<string> {
  await requireBudget(request)
  return (await buildFirmware(request)).code
}

async function onPort(path: string, binding: Binding, job: FlashJob) {
  const stream = new SerialPortStream({ binding, path, baudRate: CONSOLE_BAUD, autoOpen: false })
  await new Promise<void>((resolve, reject) =>
    stream.open((error) => (error ? reject(portProblem(path, error)) : resolve())),
  )
  try {
    return await flash(stream, job)
  } finally {
    if (stream.isOpen) await new Promise<void>((resolve) => stream.close(() => resolve()))
  }
}

async function whoStarted(path: string, binding: Binding): Promise<Hello> {
  const link = await openPort(path, { binding, clock: new HostClock(), log: () => {} })
  try {
    return await link.greet()
  } catch {
    throw new Error(
      `${path}: the program is on the board, whole, but does not say hello: switch the board off and on and look with footfall pods; ` +
        'if it stays silent, its button is held or its IMU is not wired as --board, --imu and --bus say',
    )
  } finally {
    await link.close()
  }
}
