import { expect, it } from 'vitest'
import type { FeedMessage, Side } from '../../../host/server/messages.ts'
import { StepMeter } from '../../../host/web/run/step-meter.ts'
import { stanceOf } from '../../server/scripted-feed.ts'

const contact = (leg: Side, timeS: number): FeedMessage => ({
  type: 'event',
  event: { leg, kind: 'initial-contact', timeS, announcedS: timeS + 0.05, confidence: 1 },
})
const stance = (peakTibialAxialG: number, reasons: string[] = []): FeedMessage => {
  const plain = stanceOf(3, { reasons })
  return { type: 'stance', stance: { ...plain, metrics: { ...plain.metrics, peakTibialAxialG } } }
}

it('counts cadence from each foot to its own next contact, so that uneven steps cancel', () => {
  const meter = new StepMeter('cadence')
  // strides of 0.75 s in steps of 0.35 and 0.40 s: 160 a minute
  const steps = [0, 1, 2, 3].flatMap((n) => [
    meter.take(contact('left', 0.75 * n)),
    meter.take(contact('right', 0.75 * n + 0.35)),
  ])
  expect(steps.slice(0, 2)).toEqual([null, null])
  expect(steps.slice(2).map((step) => step!.value)).toEqual(steps.slice(2).map(() => expect.closeTo(160, 6)))
  expect(meter.cadenceSpm).toBeCloseTo(160, 6)
})

it('forgets a cadence over a pause', () => {
  const meter = new StepMeter('landing')
  for (const at of [0, 0.75, 1.5]) meter.take(contact('left', at))
  expect(meter.cadenceSpm).toBeCloseTo(160, 6)
  meter.take(contact('left', 10))
  expect(meter.cadenceSpm).toBeNull()
})

it('takes a landing as soon as it is told, and not again when its stance ends', () => {
  const meter = new StepMeter('landing')
  const landing = { leg: 'left', icS: 3, peakTibialAxialG: 7.5 } as const
  expect(meter.take({ type: 'landing', landing })).toEqual({ leg: 'left', icS: 3, value: 7.5 })
  expect(meter.take(stance(7.5))).toBeNull()
  expect(new StepMeter('timing').take({ type: 'landing', landing })).toBeNull()
})

it('takes the time of the peak only of a stance that counts', () => {
  const meter = new StepMeter('timing')
  expect(meter.take(stance(7))).toMatchObject({ value: 40 })
  expect(meter.take(stance(7, ['gap of 40 ms']))).toBeNull()
})
