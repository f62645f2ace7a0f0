import { expect, it } from 'vitest'
import type { PodLive } from '../../host/server/messages.ts'
import { GapWatch } from '../../host/web/gap-watch.ts'

const pod = (streaming: boolean, lostSamples: number): PodLive[] => [
  {
    place: 'left-shin',
    id: 'a',
    streaming,
    rateHz: 416,
    nominalRateHz: 416,
    lossPct: 0,
    lostSamples,
    batteryPct: null,
    clockErrorMs: null,
    clippedSamples: 0,
    alignment: null,
    problem: null,
  },
]

it('finds losses and silence between two looks, and joins what touches', () => {
  const watch = new GapWatch()
  expect(watch.see(1, pod(true, 3))).toEqual([])
  expect(watch.see(1.5, pod(true, 3))).toEqual([])
  watch.see(2, pod(true, 9))
  expect(watch.see(2.5, pod(true, 12))).toEqual([{ place: 'left-shin', fromS: 1.5, toS: 2.5, cause: 'wire' }])
  watch.see(3, pod(true, 12))
  watch.see(3.5, pod(false, 12))
  const gaps = watch.see(4, pod(false, 12))
  expect(gaps.at(-1)).toEqual({ place: 'left-shin', fromS: 3, toS: 4, cause: 'silent' })
  expect(watch.see(4.5, pod(true, 12))).toBe(gaps)
})

it('does not call a pod silent that has never streamed', () => {
  const watch = new GapWatch()
  watch.see(1, pod(false, 0))
  expect(watch.see(2, pod(false, 0))).toEqual([])
})
