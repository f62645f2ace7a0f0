import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fault } from '../../host/analysis/analysis.ts'
import { CURVES, STRIDE_METRICS, type Stride } from '../../host/analysis/document.ts'
import { minimalDetectableDifference } from '../../host/metrics/detectable.ts'
import { AlertBoard } from '../../host/session/alert-board.ts'
import type { Alert, FeedMessage, PodLive, UnplacedPod } from '../../host/session/feed.ts'
import { PodAlerts } from '../../host/session/pod-alerts.ts'
import { Usual } from '../../host/session/usual.ts'
import { UsualAlerts } from '../../host/session/usual-alerts.ts'
import { podLive } from '../shared/pod-live.ts'

const nothing = Object.fromEntries(STRIDE_METRICS.map((name) => [name, null])) as Pick<
  Stride,
  (typeof STRIDE_METRICS)[number]
>

/** A good stride a second of a leg, with one number. */
const strideOf = (n: number, contactTimeMs: number, leg: Stride['leg'] = 'left'): Stride => ({
  ...nothing,
  leg,
  index: n,
  icS: n,
  footFlatS: null,
  midSwingS: null,
  heelRiseS: null,
  toS: n + 0.3,
  nextIcS: n + 1,
  contactTimeMs,
  strikeType: null,
  strideLengthSource: null,
  clippedSamples: {},
  phases: null,
  uncertainty: {},
  curves: Object.fromEntries(CURVES.map((name) => [name, null])) as Stride['curves'],
  quality: { ok: true, reasons: [] },
  confidence: 1,
})

function watching(usual: readonly number[]) {
  const messages: FeedMessage[] = []
  const board = new AlertBoard((message) => messages.push(message))
  const alerts = new UsualAlerts(board)
  const baseline = new Usual()
  for (const [n, value] of usual.entries()) baseline.stride(strideOf(n, value))
  baseline.set(0)
  alerts.follow(baseline.baseline)
  return { messages, alerts, usual: baseline.baseline!.legs.left.metrics.contactTimeMs! }
}

/** Scatter that is the same in every run: ±4 ms about the mean. */
const around = (mean: number, n: number) => mean + [-4, 2, 4, -2, 3, -3][n % 6]!
const steady = Array.from({ length: 20 }, (_, n) => around(250, n))

describe('an alert that a number has left the usual', () => {
  test('comes with the twelfth stride in a row beyond what can be detected, and says by how much', () => {
    const { alerts, messages, usual } = watching(steady)
    const values = Array.from({ length: 12 }, (_, n) => around(262, n))
    for (const [n, value] of values.entries()) {
      expect(messages).toEqual([])
      alerts.stride(strideOf(100 + n, value))
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / 12
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 11)
    const stretch = { sd, n: 12, uncertainty: null }
    expect(messages).toEqual([
      {
        type: 'alert',
        alert: {
          key: 'metric-beyond-usual left contactTimeMs',
          level: 'attention',
          code: 'metric-beyond-usual',
          side: 'left',
          metric: 'contactTimeMs',
          fromS: 100,
          values: {
            value: mean,
            usual: usual.mean,
            detectable: minimalDetectableDifference('contactTimeMs', usual, stretch, 'wearing'),
          },
        },
      },
    ])
  })

  test('does not come for one stride that is not, nor for strides of the other leg or bad ones', () => {
    const { alerts, messages } = watching(steady)
    for (let n = 0; n < 100; n++) {
      alerts.stride(strideOf(100 + n, around(n % 12 === 11 ? 250 : 262, n)))
      alerts.stride(strideOf(100 + n, 300, 'right'))
      alerts.stride({ ...strideOf(100 + n, 300), quality: { ok: false, reasons: ['gap'] } })
    }
    expect(messages).toEqual([])
  })

  test('goes when the mean of 24 strides is within again, and no earlier', () => {
    const { alerts, messages } = watching(steady)
    for (let n = 0; n < 12; n++) alerts.stride(strideOf(100 + n, around(262, n)))
    for (let n = 0; n < 23; n++) alerts.stride(strideOf(112 + n, around(250, n)))
    expect(messages).toHaveLength(1)
    alerts.stride(strideOf(135, around(250, 23)))
    expect(messages[1]).toEqual({ type: 'alert-cleared', key: 'metric-beyond-usual left contactTimeMs' })
  })

  test('comes at most once a minute, the one furthest away first', () => {
    const { alerts, messages } = (() => {
      const messages: FeedMessage[] = []
      const alerts = new UsualAlerts(new AlertBoard((message) => messages.push(message)))
      const usual = new Usual()
      for (let n = 0; n < 20; n++)
        usual.stride({ ...strideOf(n, around(250, n)), cadenceSpm: 160 + 0.1 * (n % 3) })
      usual.set(20)
      alerts.follow(usual.baseline)
      return { alerts, messages }
    })()
    const raised: [number, string][] = []
    for (let n = 0; n < 100; n++) {
      alerts.stride({ ...strideOf(100 + n, around(260, n)), cadenceSpm: 170 + 0.1 * (n % 3) })
      for (const message of messages.splice(0))
        if (message.type === 'alert') raised.push([n, message.alert.metric!])
    }
    expect(raised).toEqual([
      [11, 'cadenceSpm'],
      [71, 'contactTimeMs'],
    ])
  })

  test('does not come in an hour of steady running, however the strides scatter', () => {
    void fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => {
        let state = seed
        // sum of twelve uniform numbers, less six: normal to 3 SD (Knuth, TAOCP 3.4.1)
        const normal = () => {
          let sum = -6
          for (let i = 0; i < 12; i++) {
            state = (Math.imul(state, 48271) >>> 0) % 0x7fffffff
            sum += state / 0x7fffffff
          }
          return sum
        }
        const { alerts, messages } = watching(Array.from({ length: 20 }, () => 250 + 5 * normal()))
        for (let n = 0; n < 5000; n++) alerts.stride(strideOf(100 + n, 250 + 5 * normal()))
        expect(messages).toEqual([])
      }),
      { numRuns: 20 },
    )
  })
})

describe('alerts about pods', () => {
  const pod = (place: PodLive['place'], more: Partial<PodLive> = {}) =>
    podLive(place, { batteryPct: 80, clockErrorMs: 0.4, ...more })
  const both = (more: Partial<PodLive> = {}) => [pod('left-shoe', more), pod('left-shin')]

  function looking() {
    const standing = new Map<string, Alert>()
    const alerts = new PodAlerts(
      new AlertBoard((message) => {
        if (message.type === 'alert') standing.set(message.alert.key, message.alert)
        else if (message.type === 'alert-cleared') standing.delete(message.key)
      }),
    )
    return {
      alerts,
      keys: () => [...standing.keys()],
      at: (key: string) => standing.get(key)!,
      /** Twice a second over a stretch. */
      look: (
        fromS: number,
        toS: number,
        pods: (s: number) => PodLive[],
        unplaced: UnplacedPod[] = [],
        faults: Fault[] = [],
      ) => {
        for (let s = fromS; s <= toS; s += 0.5) alerts.look(s, pods(s), unplaced, faults)
      },
    }
  }

  test('are none while all is well', () => {
    const { look, keys } = looking()
    look(0, 60, () => both())
    expect(keys()).toEqual([])
  })

  test('say since when a pod is silent, and clear themselves', () => {
    const { look, keys, at } = looking()
    look(0, 20, () => both())
    look(20.5, 21.5, () => both({ streaming: false }))
    expect(keys()).toEqual([])
    look(22, 24, () => both({ streaming: false }))
    expect(at('pod-silent left-shoe')).toMatchObject({ level: 'bad', fromS: 20, place: 'left-shoe' })
    look(24.5, 24.5, () => both())
    expect(keys()).toEqual([])
  })

  test('name the pod that a leg lacks, not a leg without any', () => {
    const { look, keys } = looking()
    look(0, 5, () => [pod('left-shoe')])
    expect(keys()).toEqual([])
    look(5.5, 6, () => [pod('left-shoe')])
    expect(keys()).toEqual(['pod-missing left-shin'])
    look(6.5, 7, () => both())
    expect(keys()).toEqual([])
  })

  test('tell a battery that is low from one that is nearly empty', () => {
    const { look, keys, at } = looking()
    look(0, 1, () => both({ batteryPct: 15 }))
    expect(keys()).toEqual([])
    look(2, 3, () => both({ batteryPct: 14 }))
    expect(at('battery-low left-shoe').level).toBe('attention')
    look(4, 5, () => both({ batteryPct: 4 }))
    expect(at('battery-low left-shoe')).toMatchObject({ level: 'bad', fromS: 2, values: { batteryPct: 4 } })
    look(6, 7, () => both({ batteryPct: null }))
    expect(keys()).toEqual([])
  })

  test('look at what was clipped in ten seconds and lost in thirty', () => {
    const { look, keys, at } = looking()
    look(0, 40, () => both())
    look(40.5, 41, () => both({ clippedSamples: 7, lostSamples: 130 }))
    expect(at('clipping left-shoe').values).toEqual({ samples: 7 })
    expect(at('loss left-shoe').values.lossPct).toBeCloseTo((100 * 130) / (30 * 416), 9)
    look(41.5, 50, () => both({ clippedSamples: 7, lostSamples: 130 }))
    expect(keys()).toEqual(['clipping left-shoe', 'loss left-shoe'])
    look(50.5, 72, () => both({ clippedSamples: 7, lostSamples: 130 }))
    expect(keys()).toEqual([])
    // less than one in a hundred
    look(72.5, 80, () => both({ clippedSamples: 7, lostSamples: 250 }))
    expect(keys()).toEqual([])
  })

  test('give clocks their time to meet', () => {
    const { look, keys } = looking()
    look(0, 20, () => both({ clockErrorMs: 3 }))
    expect(keys()).toEqual([])
    look(20.5, 21, () => both({ clockErrorMs: 3 }))
    expect(keys()).toEqual(['clock left-shoe'])
  })

  test('pass on what the movement tells, and two pods of one place', () => {
    const { look, keys, at } = looking()
    const faults: Fault[] = [
      { code: 'slipped', place: 'left-shin', sinceS: 31, turnedDeg: 24 },
      { code: 'swapped', side: null },
      { code: 'swapped', side: 'left' },
    ]
    look(40, 41, () => both(), [{ id: 'x', port: '/dev/x', claims: 'left-shoe' }], faults)
    expect(at('slipped left-shin')).toMatchObject({ fromS: 31, values: { turnedDeg: 24 } })
    expect(at('duplicate-place left-shoe').values).toEqual({ pods: 2 })
    expect(at('swapped').side).toBeUndefined()
    expect(at('swapped left').side).toBe('left')
    look(42, 42, () => both(), [{ id: 'y', port: '/dev/y', claims: null }])
    expect(keys()).toEqual([])
  })

  test('end with the session', () => {
    const { look, alerts, keys } = looking()
    look(0, 5, () => both({ batteryPct: 3 }))
    alerts.end()
    expect(keys()).toEqual([])
  })
})
