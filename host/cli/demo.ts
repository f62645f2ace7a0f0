import { autoDetect } from '@serialport/bindings-cpp'
import { merge } from 'rxjs'
import { buildFirmware } from '../../firmware/build/build.ts'
import { VirtualBinding } from '../../firmware/virtual/binding.ts'
import { RealTimeDriver } from '../../firmware/virtual/driver.ts'
import { CLEAN, imperfectPods } from '../../firmware/virtual/imperfect.ts'
import { VirtualPod } from '../../firmware/virtual/pod.ts'
import { openPty, type Pty } from '../../firmware/virtual/pty.ts'
import { createRunner, type Runner } from '../../firmware/virtual/runner/runner.ts'
import { PLACES, type Place } from '../../shared/places.ts'
import { HostClock } from '../link/host-clock.ts'
import { type Binding, keepLinked } from '../link/ports.ts'
import { runLive } from './live-session.ts'
import { runnerOptions } from './runner-options.ts'

export interface DemoOptions {
  port: number
  pods: number
  seed: number
  runner: string
  speed?: number
  for?: number
  pty?: boolean
  open: boolean
  lan?: boolean
  recordings: string
}

/** Boards differ in clock, output rate and charge; so do these. */
const SPECIMENS = [
  { oscillatorPpm: 18, odrError: 0.021, battery: 93 },
  { oscillatorPpm: -25, odrError: -0.014, battery: 88 },
  { oscillatorPpm: 7, odrError: 0.008, battery: 97 },
  { oscillatorPpm: 31, odrError: -0.027, battery: 90 },
]

/** The whole product without hardware: the firmware bundle on virtual boards worn by a simulated runner. */
export async function demo(options: DemoOptions): Promise<void> {
  const runner = createRunner(runnerOptions(options))
  const pods = await virtualPods(runner, PLACES.slice(0, options.pods))
  const driver = new RealTimeDriver([...pods.values()])
  const plugged = options.pty ? await throughPtys(pods) : throughBinding(pods)
  const clock = new HostClock()
  const log = (line: string) => process.stderr.write(`${line}\n`)
  driver.start()
  try {
    await runLive({
      clock,
      links: merge(
        ...plugged.paths.map((path) => keepLinked(path, { binding: plugged.binding, clock, log })),
      ),
      expected: pods.size,
      port: options.port,
      open: options.open,
      lan: options.lan ?? false,
      recordings: options.recordings,
      info: {
        activity: runner.parameters.activity,
        subject: { id: `virtual-${options.runner}-${options.seed}` },
        treadmill: { speedMPerS: runner.parameters.speedMPerS },
      },
      seconds: options.for,
    })
  } finally {
    driver.stop()
    await plugged.close()
  }
}

async function virtualPods(runner: Runner, places: readonly Place[]): Promise<Map<Place, VirtualPod>> {
  const { code } = await buildFirmware('xiao-nrf52840-sense')
  const worn = imperfectPods(runner, CLEAN)
  return new Map(
    places.map((place, i) => [
      place,
      new VirtualPod({
        board: 'xiao-nrf52840-sense',
        code,
        worn: worn[place],
        id: `virtual-${place}`,
        place,
        seed: runner.parameters.seed + i,
        ...SPECIMENS[i],
      }),
    ]),
  )
}

interface Plugged {
  binding: Binding
  paths: string[]
  close(): Promise<void>
}

function throughBinding(pods: ReadonlyMap<Place, VirtualPod>): Plugged {
  const byPath = Object.fromEntries([...pods].map(([place, pod]) => [`/virtual/${place}`, pod]))
  return { binding: new VirtualBinding(byPath), paths: Object.keys(byPath), close: async () => {} }
}

async function throughPtys(pods: ReadonlyMap<Place, VirtualPod>): Promise<Plugged> {
  const ptys: Pty[] = []
  for (const pod of pods.values()) ptys.push(await openPty(pod))
  return {
    binding: autoDetect() as Binding,
    paths: ptys.map(({ path }) => path),
    close: async () => {
      await Promise.all(ptys.map((pty) => pty.close()))
    },
  }
}
