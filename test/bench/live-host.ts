/** A process of its own: a live host on the ports it is given, which says after a while what it cost. Run by live.ts. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { autoDetect } from '@serialport/bindings-cpp'
import { merge, share, take, tap } from 'rxjs'
import { HostClock } from '../../host/link/host-clock.ts'
import { type Binding, keepLinked } from '../../host/link/ports.ts'
import { startServer } from '../../host/server/server.ts'
import { LiveSession } from '../../host/session/live.ts'
import { RecordingFolder } from '../../host/session/recordings.ts'

export interface LiveCost {
  coreShare: number
  delayP50Ms: number
  delayP99Ms: number
}

const WARM_S = 8
const MEASURE_S = 25
const RESOLUTION_MS = 1

const [recordings, ...paths] = process.argv.slice(2) as [string, ...string[]]
const clock = new HostClock()
const options = { binding: autoDetect() as Binding, clock, log: () => {} }
const links = merge(...paths.map((path) => keepLinked(path, options))).pipe(share())
const linked = new Promise<void>((resolve) => {
  links.pipe(take(paths.length), tap({ complete: resolve })).subscribe()
})
const session = new LiveSession({ clock, links, recordings, info: { treadmill: { speedMPerS: 3 } } })
const server = await startServer({ feed: session, recordings: new RecordingFolder(recordings) })
process.send!({ url: server.url })
await linked
await session.start()
await sleep(WARM_S * 1000)
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
delay.enable()
const startMs = performance.now()
const before = process.cpuUsage()
await sleep(MEASURE_S * 1000)
const used = process.cpuUsage(before)
const tookMs = performance.now() - startMs
delay.disable()
// the timer that measures is itself due only every millisecond
const late = (percentile: number) => Math.max(0, delay.percentile(percentile) / 1e6 - RESOLUTION_MS)
const cost: LiveCost = {
  coreShare: (used.user + used.system) / 1e3 / tookMs,
  delayP50Ms: late(50),
  delayP99Ms: late(99),
}
process.send!({ cost })
await session.close()
await server.close()
process.exit(0)
