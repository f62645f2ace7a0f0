import { board } from './board.ts'
import { listen } from './commands.ts'
import { counters } from './counters.ts'
import type { EspruinoE, EspruinoProcess, Pin, SetTimer } from './espruino.d.ts'
import { beginStream } from './frames.ts'
import { requireImu, resetImu } from './lsm6ds3trc.ts'
import { sendHello, sendStatus } from './report.ts'
import { batchOf, loadSettings, settings } from './settings.ts'

declare const E: EspruinoE
declare const BTN1: Pin
declare const process: EspruinoProcess
declare const setTimeout: SetTimer
declare const setInterval: SetTimer

/** How long the console stays on the data port after boot. */
const CONSOLE_MS = 3000
/** The pod starts anew when its IMU has not answered for so long. */
const WATCHDOG_S = 5
const STATUS_MS = 1000

/** Takes the data port away from the console and becomes a pod. */
function begin(): void {
  E.setConsole(null, { force: true })
  E.enableWatchdog(WATCHDOG_S, false)
  process.on('uncaughtException', () => {
    counters.exceptions++
  })
  loadSettings()
  beginStream(batchOf(settings.rateHz))
  try {
    requireImu()
    resetImu()
  } catch (_) {
    counters.imuErrors++
  }
  listen(board.port)
  setInterval(sendStatus, STATUS_MS)
  sendHello()
}

board.powerOn()
// Held at boot, the pod stays what it was before: a console.
if (!BTN1.read()) setTimeout(begin, CONSOLE_MS)
