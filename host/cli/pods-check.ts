import { setTimeout as sleep } from 'node:timers/promises'
import { autoDetect } from '@serialport/bindings-cpp'
import type { Hello } from '../../shared/messages.ts'
import { HostClock } from '../link/host-clock.ts'
import type { PodLink } from '../link/pod-link.ts'
import { type Binding, openPort, type PortOptions } from '../link/ports.ts'
import { Measurement } from './check/measurement.ts'
import type { Specimen } from './check/specimen-names.ts'
import { pluggedSpecimen } from './check/specimens.ts'
import {
  IMU_SILENT,
  type Item,
  judge,
  passes,
  selfTest,
  silent,
  unasked,
  unmeasured,
  verdictLines,
} from './check/verdict.ts'
import { writeOut } from './output.ts'
import { answering } from './pods.ts'
import { Progress } from './progress.ts'

export interface CheckOptions {
  /** Paths; without them every port that answers. */
  port?: string[]
  /** How long it is watched. */
  seconds: number
  /** Where the verdicts go as JSON; `-` is standard output, and then the lines are not written. */
  json?: string
  virtual?: Specimen
}

/** What was found at one port. */
export interface Checked {
  port: string
  pod: Hello | null
  items: Item[]
  passes: boolean
}

/** Looks at each pod as it lies still and says what is wrong with it. Exit code 1 when something is. */
export async function podsCheck(options: CheckOptions): Promise<void> {
  const bench =
    options.virtual === undefined ? await realPods(options.port) : await virtualPod(options.virtual)
  try {
    process.stderr.write(
      `lay ${bench.paths.length > 1 ? 'the pods' : 'the pod'} on something that does not move and leave it alone for ${options.seconds} s\n`,
    )
    const progress = new Progress('checking')
    const { clock } = bench.ports
    const startS = clock.nowS()
    const shown = setInterval(() => {
      const sinceS = clock.nowS() - startS
      progress.show(sinceS / options.seconds, `${sinceS.toFixed(0)} s`)
    }, 200)
    const checked = await Promise.all(
      bench.paths.map((path) => checkPod(path, bench.ports, options.seconds)),
    ).finally(() => clearInterval(shown))
    progress.done('done')
    const lines = checked.map(({ port, pod, items }) => verdictLines(port, pod, items)).join('')
    if (options.json !== '-') process.stdout.write(lines)
    if (options.json !== undefined) await writeOut(options.json, `${JSON.stringify(checked)}\n`)
    if (!checked.every((one) => one.passes)) process.exitCode = 1
  } finally {
    bench.stop()
  }
}

async function realPods(ports: string[] | undefined) {
  const binding = autoDetect() as Binding
  return {
    paths: ports ?? (await answering(binding)).map(({ path }) => path),
    ports: { binding, clock: new HostClock(), log: () => {} },
    stop: () => {},
  }
}

async function virtualPod(name: Specimen) {
  const { path, binding, clock, stop } = await pluggedSpecimen(name)
  return { paths: [path], ports: { binding, clock, log: () => {} }, stop }
}

/** One port, whatever is behind it: never throws for what a pod does or does not do. */
export async function checkPod(path: string, ports: PortOptions, seconds: number): Promise<Checked> {
  let hello: Hello | null = null
  const found = (items: Item[]): Checked => ({ port: path, pod: hello, items, passes: passes(items) })
  let link: PodLink | null = null
  try {
    link = await openPort(path, ports)
    hello = await link.greet()
    await link.command('stop').catch(() => {})
    const problem = await link.command('selftest').then(
      () => null,
      (error: Error) => error.message.replace(`${path}: `, ''),
    )
    const test = selfTest(problem)
    return found(problem === IMU_SILENT ? [test, unasked] : [test, ...(await measure(link, ports, seconds))])
  } catch (error) {
    return found([silent((error as Error).message.replace(`${path}: `, ''))])
  } finally {
    await link?.close()
  }
}

async function measure(link: PodLink, { clock }: PortOptions, seconds: number): Promise<Item[]> {
  const measurement = new Measurement()
  const frames = link.frames.subscribe(({ bytes, arrivalS }) => measurement.push(bytes, arrivalS))
  try {
    await link.start()
    const endS = clock.nowS() + seconds
    while (clock.nowS() < endS && link.isOpen) await sleep(20)
    if (!link.isOpen) return unmeasured('the port went away while it was watched', null)
    await link.command('stop')
  } catch (error) {
    return unmeasured((error as Error).message.replace(`${link.name}: `, ''), measurement.status)
  } finally {
    frames.unsubscribe()
  }
  const measured = measurement.result()
  return measured === null
    ? unmeasured('it says it streams, but no samples came', measurement.status)
    : judge(measured)
}
