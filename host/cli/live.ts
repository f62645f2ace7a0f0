import { merge } from 'rxjs'
import type { Place } from '../../shared/places.ts'
import { HostClock } from '../link/host-clock.ts'
import { findPods, keepLinked } from '../link/ports.ts'
import { withPorts } from './binding.ts'
import { runLive } from './live-session.ts'

export interface LiveCommandOptions {
  port: number
  pod?: Map<Place, string>
  belt?: number
  open: boolean
  lan?: boolean
  ble?: boolean
  recordings: string
}

/** Real pods. Named ones are recorded as soon as they answer; found ones when Start is pressed in the companion. */
export async function live(options: LiveCommandOptions): Promise<void> {
  const clock = new HostClock()
  const log = (line: string) => process.stderr.write(`${line}\n`)
  const { pod: named, ble = false } = options
  await withPorts({ ble, paths: [...(named?.values() ?? [])] }, (binding) => {
    const ports = { binding, clock, log }
    if (named === undefined)
      log(
        `asking every serial port${ble ? ' and looking for pods on Bluetooth' : ''}; press Start in the companion once the pods are there`,
      )
    return runLive({
      clock,
      links: named
        ? merge(...[...named].map(([place, path]) => keepLinked(path, ports, place)))
        : findPods(ports),
      expected: named?.size ?? null,
      port: options.port,
      open: options.open,
      lan: options.lan ?? false,
      recordings: options.recordings,
      info: { treadmill: options.belt === undefined ? {} : { speedMPerS: options.belt } },
    })
  })
}
