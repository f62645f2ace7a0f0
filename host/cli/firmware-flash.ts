import { setTimeout as sleep } from 'node:timers/promises'
import { autoDetect } from '@serialport/bindings-cpp'
import { SerialPortStream } from '@serialport/stream'
import { buildFirmware } from '../../firmware/build/build.ts'
import type { TargetRequest } from '../../firmware/build/target.ts'
import type { Hello } from '../../shared/messages.ts'
import { INTERPRETERS } from '../flash/boards.ts'
import { type FlashJob, flash } from '../flash/flash.ts'
import { HostClock } from '../link/host-clock.ts'
import { type Binding, openPort } from '../link/ports.ts'
import { UsageError } from './exit.ts'
import { Progress } from './progress.ts'

export interface FlashOptions {
  port: string
  board: TargetRequest['board']
  imu?: NonNullable<TargetRequest['imu']>
  bus?: NonNullable<TargetRequest['bus']>
  highG?: NonNullable<TargetRequest['highG']>
}

/** USB ignores it; it is what a console on a UART has after reset. */
const CONSOLE_BAUD = 9600
/** The program leaves the console on the port for three seconds after it has started. */
const BOOT_MS = 3500

/** Builds the program for a board, puts it there, starts it and waits until it says who it is. */
export async function firmwareFlash(options: FlashOptions): Promise<void> {
  const { port, ...request } = options
  const firmware = await buildFirmware(request).catch((error: Error) => {
    throw new UsageError(error.message)
  })
  const binding = autoDetect() as Binding
  const progress = new Progress('flashing')
  const { version } = await onPort(port, binding, {
    code: firmware.code,
    ...INTERPRETERS[request.board],
    onProgress: (share, doing) => progress.show(share, doing),
  })
  progress.done(`${firmware.bytes} bytes are in its flash and were read back whole; starting it …`)
  await sleep(BOOT_MS)
  const hello = await whoStarted(port, binding)
  process.stdout.write(
    `pod ${hello.id}: firmware ${hello.fw} for ${hello.board}, ${hello.imu}, on Espruino ${version}, ${hello.place ?? 'no place yet (footfall pods place)'}\n`,
  )
}

async function onPort(path: string, binding: Binding, job: FlashJob) {
  const stream = new SerialPortStream({ binding, path, baudRate: CONSOLE_BAUD, autoOpen: false })
  await new Promise<void>((resolve, reject) => stream.open((error) => (error ? reject(error) : resolve())))
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
