import { describe, expect, test } from 'vitest'
import type { AnalysisDocument, Stride } from '../../host/analysis/document.ts'
import type { EventKind } from '../../host/gait/events.ts'
import { matchEvents, matchStrides } from './match.ts'
import { score } from './score.ts'
import { agreement, median, pooled, quantile } from './statistics.ts'
import { summarise } from './summary.ts'
import { hold } from './targets.ts'
import { type Truth, truthOf } from './truth.ts'

const IC = 'initial-contact'
const event = (timeS: number, kind: EventKind = IC, leg: 'left' | 'right' = 'left') => ({ leg, kind, timeS })
const found = (timeS: number, kind: EventKind = IC, leg: 'left' | 'right' = 'left') => ({
  ...event(timeS, kind, leg),
  announcedS: timeS + 0.04,
  confidence: 1,
})
const document = (events: ReturnType<typeof found>[], strides: Partial<Stride>[] = []) =>
  ({ events, strides, session: { notes: [] } }) as unknown as AnalysisDocument
const stride = (icS: number, more: Partial<Stride> = {}): Partial<Stride> => ({
  leg: 'left',
  icS,
  toS: icS + 0.25,
  nextIcS: icS + 0.7,
  uncertainty: {},
  quality: { ok: true, reasons: [] },
  curves: { eversionDeg: null, tibialRotationDeg: null, dorsiflexionDeg: null, tibialAxialG: null },
  ...more,
})
const truth = (raw: Partial<Truth>) => truthOf({ span: { fromS: 0, toS: 10 }, ...raw })

describe('statistics', () => {
  test('of a few numbers, by hand', () => {
    const a = agreement([1, 2, 3, 6])!
    expect(a).toMatchObject({ n: 4, bias: 3, p95: 6 })
    expect(a.sd).toBeCloseTo(Math.sqrt(14 / 4), 12)
    expect(a.rms).toBeCloseTo(Math.sqrt(50 / 4), 12)
    expect(a.loaHigh).toBeCloseTo(3 + 1.96 * Math.sqrt(3.5), 12)
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5])
    expect([quantile([5, 1, 4, 2, 3], 0.5), quantile([1, 2], 0.95), quantile([7], 0)]).toEqual([3, 2, 7])
    expect(agreement([])).toBeNull()
  })

  test('trials: the scatter within each, and that of their biases', () => {
    const p = pooled([[1, 3], [], [-6, -4, -5, -5]])!
    // variances 1 and ½, weighted by 2 and 4; biases 2 and −5
    expect(p.sdWithin).toBeCloseTo(Math.sqrt((2 * 1 + 4 * 0.5) / 6), 12)
    expect(p).toMatchObject({ n: 6, sdBetween: 3.5, worstBias: -5 })
    expect(p.bias).toBeCloseTo(-16 / 6, 12)
  })
})

describe('events', () => {
  test('the nearest pair goes first and takes both', () => {
    const { pairs, missed, extra } = matchEvents(
      document([found(1.03), found(1.09)]),
      truth({ events: [event(1), event(1.08)] }),
    )
    expect(pairs.map((p) => Math.round(1000 * p.errorS))).toEqual([10, 30])
    expect([missed.length, extra.length]).toEqual([0, 0])
  })

  test('leg and kind must agree, and 100 ms is the end', () => {
    const { pairs, missed, extra } = matchEvents(
      document([found(1, IC, 'right'), found(2, 'toe-off'), found(3.11), found(4.09)]),
      truth({ events: [event(1), event(2), event(3), event(4), event(5, IC, 'right')] }),
    )
    expect(pairs.map((p) => p.truth.timeS)).toEqual([4])
    expect(missed).toHaveLength(4)
    expect(extra).toHaveLength(3)
  })

  test('outside the span, at its ends and where the truth leaves out, nothing is extra', () => {
    const { extra } = matchEvents(
      document([found(0.05), found(3), found(5, IC, 'right'), found(9.95), found(11)]),
      truth({
        events: [event(2), event(2, IC, 'right')],
        exclude: [{ leg: 'left', fromS: 2.9, toS: 3.1 }],
      }),
    )
    expect(extra.map((e) => e.timeS)).toEqual([5])
  })

  test('an unknown lag is the median of what is left, with an outlier in it', () => {
    const times = [1, 2, 3, 4, 5]
    const late = times.map((t, i) => found(t + 0.123 + (i === 4 ? 0.05 : 0.002 * (i - 1))))
    const { lagS, pairs } = matchEvents(
      document(late),
      truth({ lagUnknown: true, events: times.map((t) => event(t)) }),
    )
    expect(lagS).toBeCloseTo(0.125, 9)
    expect(pairs).toHaveLength(5)
  })
})

describe('strides', () => {
  test('by the nearest contact, or by the stance that holds mid-stance; none twice', () => {
    const strides = [stride(1), stride(1.06), stride(2)] as Stride[]
    const pairs = matchStrides(
      strides,
      truth({
        strides: [
          { leg: 'left', icS: 1.05 },
          { leg: 'left', icS: 1.07 },
          { leg: 'left', midStanceS: 2.1 },
          { leg: 'right', icS: 2 },
        ],
      }),
      0,
    )
    expect(pairs.map((p) => [p.found.icS, p.truth.icS])).toEqual([
      [1.06, 1.05],
      [1, 1.07],
      [2, undefined],
    ])
  })

  test('metrics, curves and uncertainty of three strides, by hand', () => {
    const flat = (v: number): number[] => new Array<number>(101).fill(v)
    const ramp = flat(0).map((_, i) => i / 50)
    const strides = [1, 2, 3].map((icS, i) =>
      stride(icS, {
        contactTimeMs: 250 + 10 * i,
        peakEversionDeg: i === 2 ? null : 10,
        uncertainty: { contactTimeMs: 4 },
        curves: { eversionDeg: ramp, tibialRotationDeg: null, dorsiflexionDeg: null, tibialAxialG: null },
      }),
    )
    const held = score(
      'three',
      truth({
        strides: [1, 2, 3].map((icS) => ({
          leg: 'left' as const,
          icS,
          contactTimeMs: 255,
          peakEversionDeg: 9,
          eversionCurveDeg: flat(0),
        })),
      }),
      document([], strides),
    )
    const group = summarise({ name: 'g', heldTo: 'clean' }, [held])
    // errors −5, 5, 15 against twice 4
    expect(group.metrics.contactTimeMs).toMatchObject({ n: 3, bias: 5, meanTruth: 255 })
    expect(group.metrics.contactTimeMs!.beyondPct).toBeCloseTo(100 / 3, 9)
    expect(group.metrics.peakEversionDeg).toMatchObject({ n: 2, bias: 1, sd: 0, beyondPct: null })
    // a ramp from 0 to 2 about its mean 1: RMS of the residual √((101² − 1)/12)/50
    expect(group.curves.eversion!.meanShape).toBeCloseTo(Math.sqrt((101 ** 2 - 1) / 12) / 50, 9)
    expect(group.curves.eversion!.meanRms).toBeCloseTo(Math.hypot(1, group.curves.eversion!.meanShape), 9)
    const contact = hold(group).find((h) => h.says === 'contact time')!
    expect(contact).toMatchObject({ most: 8, met: false })
    expect(contact.value).toBeCloseTo(Math.sqrt(275 / 3), 9)
  })
})
