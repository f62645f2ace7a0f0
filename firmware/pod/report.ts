import { TYPE_ACK, TYPE_HELLO, TYPE_STATUS } from '../../shared/frame.ts'
import type { Ack, Hello, Status } from '../../shared/messages.ts'
import { battery, board } from './board.ts'
import { counters } from './counters.ts'
import type { EspruinoE, EspruinoProcess, GetSerial } from './espruino.d.ts'
import { sendMessage } from './frames.ts'
import { highG } from './high-g.ts'
import { BURST, IMU, INLINE_HIGH_G, readBack, requireImu } from './imu.ts'
import { temperatureC } from './imus/st.ts'
import { tested } from './self-test.ts'
import { burstsOf, type Settings, settings } from './settings.ts'
import { isDraining, isStreaming, restoreImu, stopStream } from './stream.ts'

declare const E: EspruinoE
declare const process: EspruinoProcess
declare const getSerial: GetSerial

const FIRMWARE = '0.2.0'
/** A link that was gone for so long will not ask for what was missed: the stream stops, and the battery lasts. */
const GONE_S = 10

let goneS = 0

export function sendHello(): void {
  const bursts = burstsOf(settings.rateHz)
  const hello: Hello = Object.assign<Omit<Hello, keyof Settings>, Settings>(
    {
      id: getSerial(),
      fw: FIRMWARE,
      board: board.name,
      imu: IMU,
      batch: BURST * bursts,
      ring: Math.ceil(board.ring / bursts),
      streaming: isStreaming(),
      selfTest: tested.result,
    },
    settings,
  )
  if (INLINE_HIGH_G) hello.highG = { sensor: 'inline', rangeG: INLINE_HIGH_G, rateHz: settings.rateHz }
  if (highG) hello.highG = highG
  sendMessage(TYPE_HELLO, hello)
}

export function sendAck(ack: Ack): void {
  sendMessage(TYPE_ACK, ack)
}

/** Stops a stream that nobody is there to hear any longer. */
function watchLink(): void {
  goneS = board.port.isConnected() ? 0 : goneS + 1
  if (goneS >= GONE_S && isStreaming()) stopStream()
}

/** Once a second. The IMU is asked for its registers even when it is idle: the watchdog lives on its answers. */
export function sendStatus(): void {
  let registers: number[] = []
  let temperature: number | null = null
  try {
    requireImu()
    registers = readBack()
    temperature = temperatureC()
    if (isDraining() && !registers[2]) restoreImu()
    E.kickWatchdog()
  } catch (_) {
    counters.imuErrors++
  }
  const status: Status = Object.assign(
    {
      battery: battery(),
      temperatureC: temperature,
      free: process.memory(false).free,
      errors: E.getErrorFlags(),
      registers,
    },
    counters,
  )
  sendMessage(TYPE_STATUS, status)
  watchLink()
}
