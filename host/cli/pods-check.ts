import { setTimeout as sleep } from 'node:timers/promises'
import type { Hello } from '../../shared/messages.ts'
import { HostClock } from '../link/host-clock.ts'
import type { PodLink } from '../link/pod-link.ts'
import { openPort, type PortOptions } from '../link/ports.ts'
import { withPorts } from './binding.ts'
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
  ble?: boolean
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
  const { virtual, ble = false, port } = options
  if (virtual === undefined)
    return withPorts({ ble, paths: port ?? [] }, async (binding) => {
      const paths = port ?? (await answering(binding)).map(({ path }) => path)
      await checkAll(paths, { binding, clock: new HostClock(), log: () => {} }, options)
    })
  const { path, binding, clock, stop } = await pluggedSpecimen(virtual)
  await checkAll([path], { binding, clock, log: () => {} }, options).finally(stop)
}

async function checkAll(
  paths: readonly string[],
  ports: PortOptions,
  { seconds, json }: CheckOptions,
): Promise<void> {
  process.stderr.write(
    `lay ${paths.length > 1 ? 'the pods' : 'the pod'} on something that does not move and leave it alone for ${seconds} s\n`,
  )
  const progress = new Progress('checking')
  const startS = ports.clock.nowS()
  const shown = setInterval(() => {
    const sinceS = ports.clock.nowS() - startS
    progress.show(sinceS / seconds, `${sinceS.toFixed(0)} s`)
  }, 200)
  const checked = await Promise.all(paths.map((path) => checkPod(path, ports, seconds))).finally(() =>
    clearInterval(shown),
  )
  progress.done('done')
  const lines = checked.map(({ port, pod, items }) => verdictLines(port, pod, items)).join('')
  if (json !== '-') process.stdout.write(lines)
  if (json !== undefined) await writeOut(json, `${JSON.stringify(checked)}\n`)
  if (!checked.every((one) => one.passes)) process.exitCode = 1
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
