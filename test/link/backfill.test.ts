import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Backfill } from '../../host/link/backfill.ts'
import type { Hole } from '../../host/link/hole.ts'
import { emptyHeader } from '../../shared/frame.ts'
import type { Hello } from '../../shared/messages.ts'

const RING = 32
const COUNT = 20
/** Every so many frames one is a status: the ring does not keep it. */
const STATUS_EVERY = 7

const isStatus = (sequence: number) => sequence % STATUS_EVERY === 3
const samplesBefore = (sequence: number) =>
  COUNT * Array.from({ length: sequence }, (_, n) => n).filter((n) => !isStatus(n)).length

/** Header of frame `sequence` of a pod that sends 20 frames a second. */
const header = (sequence: number) => ({
  ...emptyHeader(),
  sequence,
  count: isStatus(sequence) ? 0 : COUNT,
  firstSample: samplesBefore(sequence),
})

/**
 * A pod, a line that loses frames and a host's reception. What is asked for is answered one frame time later, two frames at a time, with what
 * the ring still has; every frame, acknowledgements too, is lost when `loses()` says so.
 */
function play(frames: number, loses: (sequence: number) => boolean, drain = 6000) {
  const backfill = new Backfill(9, true)
  backfill.hello = { ring: RING } as Hello
  const taken: number[] = []
  const asked: { from: number; count: number }[] = []
  const gaveUp: Hole[] = []
  const requests: { id: number; next: number; left: number; sent: number; gone: number }[] = []
  const asker = {
    resend(_: number, from: number, count: number) {
      asked.push({ from, count })
      requests.push({ id: asked.length, next: from, left: count, sent: 0, gone: 0 })
      return asked.length
    },
    gaveUp: (_: Backfill, hole: Hole) => gaveUp.push(hole),
  }
  let sent = 0
  const hear = (sequence: number, nowS: number) => {
    if (!loses(sequence) && backfill.take(header(sequence), nowS, () => 'bit errors')) taken.push(sequence)
  }
  // past the last frame only the asking goes on, as when a pod has been stopped
  for (let n = 0; n < frames + drain; n++) {
    const nowS = n / 20
    for (let k = 0; k < 2; k++) {
      const [request] = requests
      if (request === undefined) break
      if (request.left > 0) {
        const has = request.next < sent && request.next > sent - 1 - RING && !isStatus(request.next)
        if (has) request.sent++
        else request.gone++
        if (has) hear(request.next, nowS)
        request.next++
        request.left--
      } else {
        const { id, sent: again, gone } = request
        requests.shift()
        if (!loses(-1)) backfill.answered({ id, ok: true, sent: again, gone }, nowS)
      }
    }
    if (n < frames) hear(sent++, nowS)
    backfill.tick(nowS, asker)
  }
  const due = Array.from({ length: frames }, (_, n) => n)
  const came = new Set(taken)
  const last = Math.max(...taken)
  const missing = due.filter((n) => n < last && !came.has(n) && !isStatus(n))
  return { backfill, taken, asked, gaveUp, missing }
}

describe('Backfill', () => {
  test('every sample comes once or is told as lost, whatever the line does', () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.integer({ min: 0, max: 99 })),
        fc.integer({ min: 0, max: 60 }),
        (dice, pct) => {
          const { taken, gaveUp, missing, backfill } = play(120, () => dice.next().value < pct)
          expect(new Set(taken).size).toBe(taken.length)
          expect(backfill.isOpen).toBe(false)
          const lost = gaveUp.reduce((sum, { samples }) => sum + samples, 0)
          expect(lost).toBe(COUNT * missing.length)
          expect(backfill.lost).toBe(lost)
        },
      ),
    )
  })

  test('damage of one frame in five costs nothing', () => {
    let n = 0
    const { missing, gaveUp } = play(200, () => ++n % 5 === 0)
    expect(missing).toEqual([])
    expect(gaveUp).toEqual([])
  })

  test('a lost status is not asked for: it held no samples', () => {
    const { asked } = play(60, (sequence) => isStatus(sequence))
    expect(asked).toEqual([])
  })

  test('one request at a time, of no more than 32 frames, oldest first, and nothing the pod cannot have', () => {
    let deaf: boolean = true
    const { asked, gaveUp, missing } = play(150, (sequence) => {
      if (sequence >= 90) deaf = false
      return sequence >= 20 && deaf
    })
    expect(asked[0]).toEqual({ from: 91 - RING, count: RING - 1 })
    expect(Math.max(...missing)).toBeLessThan(91 - RING + 4)
    expect(gaveUp).toHaveLength(1)
    expect(gaveUp[0]).toMatchObject({ fromS: 19 / 20, toS: 90 / 20, cause: 'bit errors' })
  })

  test('a pod that never answers is asked eight times', () => {
    const { asked, gaveUp } = play(30, (sequence) => sequence === 11 || sequence < 0)
    expect(asked.length).toBeLessThanOrEqual(8)
    expect(gaveUp).toHaveLength(1)
    expect(gaveUp[0]!.samples).toBe(COUNT)
  })

  test('a stream heard from its beginning misses its first frames; one joined midway does not', () => {
    const holes: Hole[] = []
    const asker = { resend: () => 1, gaveUp: (_: Backfill, hole: Hole) => holes.push(hole) }
    for (const whole of [true, false]) {
      const backfill = new Backfill(1, whole)
      backfill.take(header(5), 1, () => 'lost on the way')
      expect(backfill.isOpen).toBe(whole)
      backfill.abandon(asker)
    }
    expect(holes.map(({ samples }) => samples)).toEqual([samplesBefore(5)])
  })
})
