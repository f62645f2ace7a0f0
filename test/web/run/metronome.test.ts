import { expect, it } from 'vitest'
import { Metronome } from '../../../host/web/run/metronome.ts'

it('gives each beat once, a period apart, however it is asked', () => {
  const metronome = new Metronome()
  const beats: number[] = []
  for (let nowS = 0; nowS < 10; nowS += 0.025) beats.push(...metronome.due(180, nowS, nowS + 0.1))
  // three a second, over the 10.075 s that were asked for
  expect(beats).toHaveLength(31)
  for (const [i, beat] of beats.entries()) expect(beat).toBeCloseTo(i / 3, 6)
})

it('goes on from its last beat when the rate changes', () => {
  const metronome = new Metronome()
  expect(metronome.due(60, 0, 2.5)).toEqual([0, 1, 2])
  expect(metronome.due(120, 2.1, 3.6)).toEqual([2.5, 3, 3.5])
})

it('skips what is over instead of catching up', () => {
  const metronome = new Metronome()
  metronome.due(60, 0, 0.5)
  // a page that slept for 10.3 s
  expect(metronome.due(60, 10.3, 11.2)).toEqual([11])
})

it('begins with the beat asked for', () => {
  const metronome = new Metronome()
  metronome.due(60, 0, 5)
  metronome.stop()
  expect(metronome.due(60, 7.25, 8)).toEqual([7.25])
})
