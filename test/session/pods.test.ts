import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { buildFirmware } from '../../firmware/build/build.ts'
import { VirtualBinding } from '../../firmware/virtual/binding.ts'
import { RealTimeDriver } from '../../firmware/virtual/driver.ts'
import { VirtualPod } from '../../firmware/virtual/pod.ts'
import type { WornImu } from '../../firmware/virtual/worn.ts'
import { HostClock } from '../../host/link/host-clock.ts'
import { findPods } from '../../host/link/ports.ts'
import type { FeedMessage } from '../../host/session/feed.ts'
import { LiveSession } from '../../host/session/live.ts'
import type { Place } from '../../shared/places.ts'
import { until } from '../shared/until.ts'
import { scratch } from './sessions.ts'

/** A pod at rest that can be tapped, and moved about. */
class Handled implements WornImu {
  tappedS = Number.NEGATIVE_INFINITY
  moved: boolean = false

  sampleAt(timeS: number, out: Float64Array): void {
    out.fill(0)
    out[2] = 9.81
    const sinceS = timeS - this.tappedS
    // a finger: 20 ms of 40 m/s²
    if (sinceS >= 0 && sinceS < 0.02) out[0] = 40
    if (this.moved) {
      out[1] = 6 * Math.sin(9 * timeS)
      out[4] = 2 * Math.cos(9 * timeS)
    }
  }
}

async function handledPods(places: Record<string, Place | null>) {
  const { code } = await buildFirmware('xiao-nrf52840-sense')
  const worn = Object.fromEntries(Object.keys(places).map((id) => [id, new Handled()]))
  const pods = Object.entries(places).map(
    ([id, place], i) =>
      new VirtualPod({ board: 'xiao-nrf52840-sense', code, worn: worn[id]!, id, place, seed: i + 1 }),
  )
  const byId = Object.fromEntries(Object.keys(places).map((id, i) => [id, pods[i]!]))
  const driver = new RealTimeDriver(pods)
  driver.start()
  onTestFinished(() => driver.stop())
  const binding = new VirtualBinding(
    Object.fromEntries(Object.entries(byId).map(([id, pod]) => [`/virtual/${id}`, pod])),
  )
  const clock = new HostClock()
  const session = new LiveSession({
    clock,
    links: findPods({ binding, clock, log: () => {} }),
    recordings: join(await scratch(), 'recordings'),
  })
  onTestFinished(() => session.close())
  const messages: FeedMessage[] = []
  session.subscribe((message) => messages.push(message))
  const newest = <T extends FeedMessage['type']>(type: T) =>
    messages.findLast((message): message is Extract<FeedMessage, { type: T }> => message.type === type)
  /** id → place, as the panel shows it. */
  const shown = () => Object.fromEntries((newest('pods')?.pods ?? []).map(({ id, place }) => [id, place]))
  const unplaced = () => newest('pods')?.unplaced ?? []
  await until(() => Object.keys(shown()).length + unplaced().length === pods.length)
  return {
    session,
    messages,
    newest,
    shown,
    unplaced,
    pod: (id: string) => byId[id]!,
    worn,
    tap: (id: string) => {
      worn[id]!.tappedS = byId[id]!.machine.timeS + 0.05
    },
    /** As a person does it: a tap that came before the others lay still is given again. */
    tapUntilDone: async (id: string) => {
      while (newest('assign')!.phase === 'waiting') {
        await sleep(1500)
        worn[id]!.tappedS = byId[id]!.machine.timeS + 0.05
        await sleep(300)
      }
    },
    assign: (place: Place) => session.obey({ type: 'assign', place }),
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('giving a place by tapping', () => {
  test('the pod that is tapped gets it and keeps it over a power cycle', async () => {
    const { assign, tapUntilDone, newest, shown, unplaced, pod, messages } = await handledPods({
      a: null,
      b: null,
    })
    expect(unplaced().map(({ id, claims }) => [id, claims])).toEqual([
      ['a', null],
      ['b', null],
    ])
    await assign('right-shin')
    expect(newest('assign')).toEqual({ type: 'assign', phase: 'waiting', place: 'right-shin' })
    await tapUntilDone('b')
    expect(newest('assign')).toEqual({ type: 'assign', phase: 'done', place: 'right-shin', id: 'b' })
    await until(() => shown().b === 'right-shin')
    await until(() => unplaced().length === 1)
    // nothing streams, nothing is recorded
    expect(messages.some((message) => message.type === 'state' && message.phase === 'recording')).toBe(false)
    expect(JSON.parse(pod('b').machine.storage.get('footfall.json')!).place).toBe('right-shin')
  })

  test('two pods that were exchanged take each other’s place', async () => {
    const { assign, tapUntilDone, newest, shown } = await handledPods({ a: 'left-shoe', b: 'left-shin' })
    await assign('left-shoe')
    await tapUntilDone('b')
    expect(newest('assign')!.phase).toBe('done')
    await until(() => shown().b === 'left-shoe' && shown().a === 'left-shin')
  })

  test('a second pod of a place is shown as one', async () => {
    const { assign, tapUntilDone, newest, shown, unplaced } = await handledPods({ a: 'left-shoe', b: null })
    await assign('left-shoe')
    await tapUntilDone('b')
    expect(newest('assign')!.phase).toBe('done')
    await until(() => unplaced().some(({ claims }) => claims === 'left-shoe'))
    expect(shown()).toEqual({ b: 'left-shoe' })
    expect(unplaced()).toEqual([{ id: 'a', port: '/virtual/a', claims: 'left-shoe' }])
  })

  test('a knock that all feel gives it to nobody; it can be cancelled, and asked for once at a time', async () => {
    const { session, assign, tap, newest } = await handledPods({ a: null, b: null })
    await assign('left-shoe')
    await expect(assign('left-shin')).rejects.toThrow(/left-shoe waits for its tap/)
    await expect(session.start()).rejects.toThrow(/tap it or cancel/)
    await sleep(1500)
    tap('a')
    tap('b')
    await sleep(1500)
    expect(newest('assign')!.phase).toBe('waiting')
    await session.obey({ type: 'assign-cancel' })
    expect(newest('assign')).toMatchObject({ phase: 'failed', reason: 'cancelled' })
    await until(() => newest('pods')!.pods.every(({ streaming }) => !streaming))
  })
})

describe('standing', () => {
  test('is counted down within a recording, refuses movement by name, and begins anew', async () => {
    const { session, newest, worn, messages } = await handledPods({ a: 'left-shoe', b: 'left-shin' })
    worn.b!.moved = true
    await session.obey({ type: 'stand' })
    expect(newest('state')!.phase).toBe('recording')
    // a pod that is slow to begin is named as well, until it is known to be still
    await until(() => newest('standing')!.place === 'left-shin')
    expect(newest('standing')).toEqual({ type: 'standing', phase: 'moved', leftS: 3, place: 'left-shin' })
    worn.b!.moved = false
    const before = messages.length
    await until(() => newest('standing')!.phase === 'done')
    const phases = messages
      .slice(before)
      .flatMap((message) => (message.type === 'standing' ? [[message.phase, message.leftS]] : []))
    const countdown = [
      ['counting', 3],
      ['counting', 2],
      ['counting', 1],
      ['done', 0],
    ]
    // a machine that is held up for a second skips a number
    expect(phases).toEqual(countdown.filter(([, left]) => phases.some(([, told]) => told === left)))
    expect(phases.length).toBeGreaterThan(1)
    await expect(session.obey({ type: 'assign', place: 'left-shoe' })).rejects.toThrow(/a recording runs/)
    await session.stop()
    expect(newest('standing')!.phase).toBe('done')
  })

  test('can be cancelled', async () => {
    const { session, newest } = await handledPods({ a: 'left-shoe' })
    await session.obey({ type: 'stand' })
    await session.obey({ type: 'stand-cancel' })
    expect(newest('standing')!.phase).toBe('cancelled')
  })
})

test('a pod blinks when it is asked for by name, all when nobody is named', async () => {
  const { session, pod } = await handledPods({ a: 'left-shoe', b: 'left-shin' })
  const lit = (id: string) => pod(id).machine.pins.LED1!.level
  const blinks = async (id: string) => {
    const seen = new Set<number>()
    for (let i = 0; i < 60; i++) {
      seen.add(lit(id))
      await sleep(10)
    }
    return seen.size > 1
  }
  await session.obey({ type: 'blink', id: 'b' })
  expect([await blinks('b'), await blinks('a')]).toEqual([true, false])
  await session.obey({ type: 'blink', id: null })
  expect(await blinks('a')).toBe(true)
  await expect(session.obey({ type: 'blink', id: 'c' })).rejects.toThrow('pod c is not there')
})
