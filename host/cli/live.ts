import { autoDetect } from '@serialport/bindings-cpp'
import { merge } from 'rxjs'
import type { Place } from '../../shared/places.ts'
import { HostClock } from '../link/host-clock.ts'
import { type Binding, findPods, keepLinked } from '../link/ports.ts'
import { runLive } from './live-session.ts'

export interface LiveCommandOptions {
  port: number
  pod?: Map<Place, string>
  belt?: number
  open: boolean
  lan?: boolean
  recordings: string
}

/** Real pods. Named ones are recorded as soon as they answer; found ones when Start is pressed in the companion. */
export async function live(options: LiveCommandOptions): Promise<void> {
  const clock = new HostClock()
  const log = (line: string) => process.stderr.write(`${line}\n`)
  const ports = { binding: autoDetect() as Binding, clock, log }
  const named = options.pod
  if (named === undefined)
    log('asking every serial port; press Start in the companion once the pods are there')
  await runLive({
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
}
