import { board, isHeld, powerOn } from './board.ts'
import { listen } from './commands.ts'
import { counters } from './counters.ts'
import type { EspruinoE, EspruinoProcess, SetTimer } from './espruino.d.ts'
import { beginStream } from './frames.ts'
import { requireImu, resetImu } from './imu.ts'
import { sendHello, sendStatus } from './report.ts'
import { selfTest } from './self-test.ts'
import { burstsOf, loadSettings, settings } from './settings.ts'

declare const E: EspruinoE
declare const process: EspruinoProcess
declare const setTimeout: SetTimer
declare const setInterval: SetTimer

/** How long the console stays on the data port after boot. */
const CONSOLE_MS = 3000
/** The pod starts anew when its IMU has not answered for so long. */
const WATCHDOG_S = 5
const STATUS_MS = 1000
/** The IMUs' boot time is 35 ms at most. */
const POWER_UP_MS = 100

/** Takes the data port away from the console and becomes a pod. */
function begin(): void {
  E.setConsole(null, { force: true })
  E.enableWatchdog(WATCHDOG_S, false)
  process.on('uncaughtException', () => {
    counters.exceptions++
  })
  loadSettings()
  beginStream(burstsOf(settings.rateHz))
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

/** While the console still has the port; the hello says how it went. A bus that throws leaves it unended, which is said too. */
function testFirst(): void {
  try {
    resetImu()
    selfTest(() => {})
  } catch (_) {
    counters.imuErrors++
  }
}

powerOn()
// Held at boot, the pod stays what it was before: a console.
if (!isHeld()) {
  setTimeout(testFirst, POWER_UP_MS)
  setTimeout(begin, CONSOLE_MS)
}
