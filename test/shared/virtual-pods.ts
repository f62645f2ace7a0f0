import { Duplex } from 'node:stream'
import { onTestFinished } from 'vitest'
import { type BoardName, buildFirmware } from '../../firmware/build/build.ts'
import { VirtualBinding } from '../../firmware/virtual/binding.ts'
import { RealTimeDriver } from '../../firmware/virtual/driver.ts'
import { VirtualPod } from '../../firmware/virtual/pod.ts'
import type { RunnerOptions } from '../../firmware/virtual/runner/parameters.ts'
import { createRunner } from '../../firmware/virtual/runner/runner.ts'
import { PLACES, type Place } from '../../shared/places.ts'
import { PatientTime } from './patient-time.ts'

/**
 * Virtual pods worn by a simulated runner and running at `speed` times real time, behind ports `/virtual/PLACE`. Each has another
 * oscillator and another sample rate; only those that were told know their place. They stop when the test is done. With `patient` a
 * machine that is held up slows them down, and whoever goes by `nowMs` and `after`.
 */
export async function virtualPods(
  places: readonly Place[] = PLACES,
  {
    speed = 1,
    told = true,
    patient = false,
    board = 'xiao-nrf52840-sense' as BoardName,
    runner: options = { name: 'easy', seed: 1 } as RunnerOptions,
  } = {},
) {
  const { code } = await buildFirmware(board)
  const runner = createRunner(options)
  const pods = Object.fromEntries(
    places.map((place) => {
      const i = PLACES.indexOf(place)
      return [
        place,
        new VirtualPod({
          board,
          code,
          worn: runner.pods[place],
          id: `virtual-${i}`,
          place: told ? place : null,
          seed: i + 1,
          oscillatorPpm: 20 * i - 30,
          odrError: 0.01 * i - 0.015,
        }),
      ]
    }),
  ) as Record<Place, VirtualPod>
  const time = patient ? new PatientTime(speed) : null
  const nowMs = () => time?.nowMs ?? speed * performance.now()
  const driver = new RealTimeDriver(Object.values(pods), () => (time?.step() ?? nowMs()) / 1e3)
  const startedMs = nowMs()
  driver.start()
  onTestFinished(() => driver.stop())
  const path = (place: Place) => `/virtual/${place}`
  const binding = new VirtualBinding(Object.fromEntries(places.map((place) => [path(place), pods[place]])))
  /** True time now, s, whether or not the pods have come so far. */
  const trueS = () => (nowMs() - startedMs) / 1e3
  return { pods, binding, path, nowMs, after: time?.after, trueS, runner, driver }
}

/** A port to one pod whose bytes pass through `wire` first, which may lose or change them. */
export function wireTo(pod: VirtualPod, wire: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes): Duplex {
  const port = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      pod.receive(chunk)
      done()
    },
  })
  const disconnect = pod.onBytes((bytes) => port.push(Buffer.from(wire(bytes))))
  port.once('close', disconnect)
  onTestFinished(() => void port.destroy())
  return port
}
