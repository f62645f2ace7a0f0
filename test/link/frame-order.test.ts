import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FrameOrder } from '../../host/link/frame-order.ts'
import { emptyHeader, readHeader } from '../../shared/frame.ts'
import { frame } from './frames.ts'

const sequenceOf = (bytes: Uint8Array) =>
  readHeader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, emptyHeader()).sequence

const RING = 16

/** A pod that sends frames 0, 1, 2 … at 20 a second, of which some are lost, and answers what is asked with what its ring still has. */
function play(n: number, lost: ReadonlySet<number>, lostAgain: ReadonlySet<number>) {
  const out: { sequence: number; arrivalS: number }[] = []
  const asked: number[] = []
  const answers: { dueAt: number; sequence: number }[] = []
  let now = 0
  const order = new FrameOrder(
    ({ bytes, arrivalS }) => out.push({ sequence: sequenceOf(bytes), arrivalS }),
    (_, from, count) => {
      for (let sequence = from; sequence < from + count; sequence++) {
        asked.push(sequence)
        if (!lostAgain.has(sequence)) answers.push({ dueAt: now + 2, sequence })
      }
    },
  )
  order.ring = RING
  const push = (sequence: number) =>
    order.push({
      bytes: frame({ type: 2, stream: 7, sequence, firstSample: 20 * sequence }),
      arrivalS: now / 20,
    })
  for (; now < n; now++) {
    for (const { sequence } of answers.splice(0).filter(({ dueAt, sequence }) => {
      if (dueAt > now) answers.push({ dueAt, sequence })
      return dueAt <= now && sequence > now - RING
    }))
      push(sequence)
    if (!lost.has(now)) push(now)
  }
  order.giveUp()
  return { out, asked, order }
}

describe('FrameOrder', () => {
  test('always in order, nothing twice, only what was lost twice is missing', () => {
    const some = fc.uniqueArray(fc.integer({ min: 1, max: 98 }), { maxLength: 40 })
    fc.assert(
      fc.property(some, some, (lost, again) => {
        const [gone, goneAgain] = [new Set(lost), new Set(again)]
        const { out } = play(100, gone, goneAgain)
        const sequences = out.map(({ sequence }) => sequence)
        expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b))
        for (let n = 0; n < 100; n++) if (!gone.has(n)) expect(sequences).toContain(n)
      }),
    )
  })

  test('a short hole is filled, and every frame keeps its own arrival', () => {
    const { out, order } = play(60, new Set([20, 21, 30]), new Set())
    expect(out.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 60 }, (_, i) => i))
    expect(out[22]!.arrivalS).toBe(22 / 20)
    expect(out[20]!.arrivalS).toBeGreaterThan(1.1)
    expect(order.lost).toBe(0)
  })

  test('nothing is asked for twice, and nothing the pod cannot have any more', () => {
    const hole = new Set(Array.from({ length: 40 }, (_, i) => 30 + i))
    const { out, asked, order } = play(120, hole, new Set())
    expect(asked).toEqual(Array.from({ length: RING }, (_, i) => 54 + i))
    const missing = [...hole].filter((n) => !out.some(({ sequence }) => sequence === n))
    expect(missing.length).toBe(order.lost)
    expect(missing).toEqual(Array.from({ length: order.lost }, (_, i) => 30 + i))
  })

  test('a hole that is not filled holds frames for a second and no longer', () => {
    const passedAt: number[] = []
    let now = 0
    const order = new FrameOrder(
      () => passedAt.push(now),
      () => {},
    )
    order.ring = RING
    for (; now < 60; now++)
      if (now !== 20) order.push({ bytes: frame({ type: 2, stream: 7, sequence: now }), arrivalS: now / 20 })
    // frame 21 shows the hole at 1.05 s; frame 42 is the first more than a second later
    const due = Array.from({ length: 60 }, (_, i) => i).filter((i) => i !== 20)
    expect(passedAt).toEqual(due.map((i) => (i > 20 && i < 42 ? 42 : i)))
    expect(order.lost).toBe(1)
  })

  test('a new stream begins anew; what is still under way of the old one is dropped', () => {
    const out: number[] = []
    const order = new FrameOrder(
      ({ bytes }) => out.push(sequenceOf(bytes)),
      () => {},
    )
    const push = (stream: number, sequence: number) =>
      order.push({ bytes: frame({ type: 2, stream, sequence }), arrivalS: 0 })
    for (const [stream, sequence] of [
      [1, 5],
      [1, 6],
      [2, 0],
      [1, 7],
      [2, 1],
    ] as const)
      push(stream, sequence)
    expect(out).toEqual([5, 6, 0, 1])
  })
})
