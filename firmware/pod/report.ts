import { TYPE_ACK, TYPE_HELLO, TYPE_STATUS } from '../../shared/frame.ts'
import type { Ack, Hello, Status } from '../../shared/messages.ts'
import { board } from './board.ts'
import { counters } from './counters.ts'
import type { EspruinoE, EspruinoProcess, GetSerial } from './espruino.d.ts'
import { sendMessage } from './frames.ts'
import { CTRL1_XL, FIFO_CTRL5, requireImu, temperatureC } from './lsm6ds3trc.ts'
import { batchOf, settings } from './settings.ts'
import { isDraining, isStreaming, restoreImu } from './stream.ts'

declare const E: EspruinoE
declare const process: EspruinoProcess
declare const getSerial: GetSerial

const FIRMWARE = '0.1.0'

export function sendHello(): void {
  const hello: Hello = {
    id: getSerial(),
    fw: FIRMWARE,
    board: board.name,
    imu: 'lsm6ds3tr-c',
    place: settings.place,
    rateHz: settings.rateHz,
    accelG: settings.accelG,
    gyroDps: settings.gyroDps,
    batch: batchOf(settings.rateHz),
    ring: board.ring,
    streaming: isStreaming(),
    cal: settings.cal,
  }
  sendMessage(TYPE_HELLO, hello)
}

export function sendAck(ack: Ack): void {
  sendMessage(TYPE_ACK, ack)
}

/** Once a second. The IMU is asked for its registers even when it is idle: the watchdog lives on its answers. */
export function sendStatus(): void {
  const registers: number[] = []
  let temperature: number | null = null
  try {
    requireImu()
    const control = board.read(CTRL1_XL, 2)
    registers.push(control[0]!, control[1]!, board.read(FIFO_CTRL5, 1)[0]!)
    temperature = temperatureC()
    if (isDraining() && !registers[2]) restoreImu()
    E.kickWatchdog()
  } catch (_) {
    counters.imuErrors++
  }
  const status: Status = {
    battery: board.battery(),
    temperatureC: temperature,
    free: process.memory(false).free,
    overruns: counters.overruns,
    realigned: counters.realigned,
    imuErrors: counters.imuErrors,
    commandErrors: counters.commandErrors,
    exceptions: counters.exceptions,
    registers,
  }
  sendMessage(TYPE_STATUS, status)
}
