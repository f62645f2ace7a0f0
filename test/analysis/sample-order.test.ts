import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type HeldFrame, SampleOrder } from '../../host/analysis/sample-order.ts'
import { compositionDefaults } from '../../host/analysis/settings.ts'
import { emptyHeader, readHeader } from '../../shared/frame.ts'
import { frame } from '../link/frames.ts'

const COUNT = 20

/** Pushes frames, by number of samples frame and arrival, into an order; gives what came out and when. */
function play(ring: number, arrivals: readonly (readonly [n: number, arrivalS: number])[]) {
  const order = new SampleOrder(ring, compositionDefaults)
  const out: { n: number; atS: number }[] = []
  const release = (nowS: number) => {
    for (let held: HeldFrame | null = order.take(nowS); held; held = order.take(nowS)) {
      out.push({ n: held.firstSample / COUNT, atS: nowS })
      order.passed(COUNT)
    }
  }
  for (const [n, arrivalS] of arrivals) {
    const bytes = frame({ type: 2, sequence: n + 1, firstSample: COUNT * n, count: COUNT })
    const view = new DataView(bytes.buffer)
    if (order.admit(readHeader(view, 0, emptyHeader()), view, arrivalS)) out.push({ n, atS: arrivalS })
    release(arrivalS)
  }
  release(Number.POSITIVE_INFINITY)
  return out
}

const at = (n: number): readonly [number, number] => [n, n / 20]
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i)

describe('SampleOrder', () => {
  test('what is sent again takes its place; what comes twice or too late does not count', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { maxLength: 30 }),
        fc.array(fc.integer({ min: 0, max: 59 }), { maxLength: 20 }),
        (late, twice) => {
          // live frames without the late ones; those come at once afterwards, some frames twice
          const live = upTo(60).filter((n) => !late.includes(n))
          const again = [...late, ...twice].map((n) => [n, 3] as const)
          expect(
            play(
              256,
              [...live.map(at), ...again].map(([n]) => [n, 0] as const),
            ).map(({ n }) => n),
          ).toEqual(upTo(60))
        },
      ),
    )
  })

  test('a hole that is being filled is waited for as long as it lasts', () => {
    // 10 to 29 are missing and come one in 0.9 s, much slower than live
    const filling = Array.from({ length: 8 }, (_, i) => [10 + i, 1.6 + 0.9 * i] as const)
    const out = play(256, [...upTo(10).map(at), at(30), ...filling])
    expect(out.map(({ n }) => n)).toEqual([...upTo(18), 30])
    expect(out.at(-2)!.atS).toBeCloseTo(7.9)
  })

  test('a hole that nothing fills is given up two seconds after it was seen, by the time of what arrives', () => {
    const came = upTo(100).filter((n) => n !== 20)
    const out = play(256, came.map(at))
    expect(out.find(({ n }) => n === 21)!.atS).toBeCloseTo(3.1)
    expect(out.map(({ n }) => n)).toEqual(came)
  })

  test('of a hole that is filled in part the rest is given up two seconds after the last of it came', () => {
    const live = upTo(100).filter((n) => n < 10 || n >= 40)
    const arrivals = [...live.map(at), [38, 2.1] as const, [39, 2.2] as const].sort((a, b) => a[1] - b[1])
    const out = play(256, arrivals)
    expect(out.map(({ n }) => n)).toEqual(upTo(100).filter((n) => n < 10 || n >= 38))
    expect(out.find(({ n }) => n === 38)!.atS).toBeCloseTo(4.25)
  })

  test('without a ring on the pod nothing waits', () => {
    const out = play(0, [at(0), at(5), at(7)])
    expect(out.map(({ atS }) => atS)).toEqual([0, 0.25, 0.35])
  })
})
