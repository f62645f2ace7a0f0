import { describe, expect, it } from 'vitest'
import { HARD } from '../../firmware/virtual/imperfect.ts'
import { SIDES } from '../../shared/places.ts'
import { type AngleErrors, angleErrors } from '../tools/angle-errors.ts'
import {
  capturedRunners,
  type LegSource,
  type ReadStride,
  readLeg,
  readLegFrom,
} from '../tools/captured-runners.ts'
import { simulatedLeg } from '../tools/simulated-leg.ts'

const rms = (strides: ReadStride[], name: keyof AngleErrors): number => {
  const values = strides.map((s) => angleErrors(s)[name]).filter((v) => v !== null)
  expect(values.length).toBeGreaterThan(0)
  return Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length)
}

const within = (strides: ReadStride[], bounds: Partial<Record<keyof AngleErrors, number>>): void => {
  for (const [name, bound] of Object.entries(bounds) as [keyof AngleErrors, number][])
    expect(rms(strides, name), name).toBeLessThan(bound)
}

/** Rows without those whose time lies in one of the spans. */
const without = (rows: Float64Array, spans: readonly [number, number][]): Float64Array => {
  const kept: number[] = []
  for (let o = 0; o < rows.length; o += 7)
    if (!spans.some(([from, to]) => rows[o]! > from && rows[o]! < to)) kept.push(...rows.subarray(o, o + 7))
  return Float64Array.from(kept)
}

describe('a simulated leg, unknown mounts, true events', () => {
  const clean = SIDES.flatMap((leg) =>
    (['overpronator', 'forefoot'] as const).map((name) => simulatedLeg(leg, { name, seed: 31 })),
  )
  const all = (options: Parameters<typeof readLegFrom>[1], sources = clean) =>
    sources.flatMap((source) => readLegFrom(source, options))

  it('gives its joint angles, foot angles, travel and impact', () => {
    const strides = all({})
    within(strides, {
      peakEversion: 0.5,
      peakEversionPct: 1.5,
      eversionExcursion: 0.5,
      eversionCurve: 0.7,
      eversionVelocity: 15,
      rotationExcursion: 0.8,
      peakDorsiflexion: 1.3,
      strike: 1.5,
      strideLengthPct: 3,
      tibialPeak: 0.2,
      tibialResultant: 0.2,
    })
    expect(strides.every((s) => s.motion.sound && s.motion.reasons.length === 0)).toBe(true)
  })

  it('bears cross-axis and acceleration-sensitive gyroscopes, drift and a wobbling shin', () => {
    const hard = SIDES.flatMap((leg) =>
      [51, 52, 53, 54].map((seed) => simulatedLeg(leg, { name: 'easy', seed, seconds: 14, errors: HARD })),
    )
    within(all({}, hard), {
      peakEversion: 1,
      eversionExcursion: 1,
      eversionCurve: 1.2,
      peakDorsiflexion: 1.8,
    })
  })

  it('without standing gives shape, excursions and timing, and says what its zero is', () => {
    const strides = all({ standing: false })
    within(strides, {
      eversionShape: 0.7,
      eversionExcursion: 0.7,
      rotationExcursion: 1.2,
      peakEversionPct: 2,
    })
    for (const { motion } of strides) {
      expect(motion.fromStanding).toBe(false)
      expect(motion.reasons.join()).toMatch(/no standing period/)
    }
  })

  it('with the shoe alone gives foot angles and travel, with the shin alone the tibia, and no joint', () => {
    const shoe = all({ pods: ['shoe'] })
    within(shoe, { strike: 1.5, strideLengthPct: 3, shoePeak: 0.6 })
    const shin = all({ pods: ['shin'] })
    within(shin, { tibialPeak: 0.2 })
    for (const { motion } of [...shoe, ...shin]) expect(motion.curves.eversionDeg).toBeNull()
    expect(shoe[0]!.motion.reasons).toContain('no shin pod')
    expect(shin[0]!.motion.reasons).toContain('no shoe pod')
  })

  it('says a hole in a stance and gets over it', () => {
    const source = clean[0]!
    const hurt = source.strides[10]!
    const from = hurt.icS + 0.05
    const rows = { ...source.rows, shin: without(source.rows.shin!, [[from, from + 0.08]]) }
    const strides = readLegFrom({ ...source, rows } as LegSource)
    const at = strides.findIndex((s) => s.truth === hurt)
    expect(strides[at]!.motion.sound).toBe(false)
    expect(strides[at]!.motion.reasons).toContain(`gap: ${source.leg}-shin`)
    const after = strides.slice(at + 3)
    expect(after.every((s) => s.motion.sound)).toBe(true)
    within(after, { peakEversion: 0.8, eversionExcursion: 0.5 })
  })

  it('says where it clipped, and counts over the stride', () => {
    const source = { ...clean[0]!, limit: 40 }
    const { motion } = readLegFrom(source).at(-2)!
    expect(motion.reasons).toContain(`clipped: ${source.leg}-shin`)
    expect(motion.clippedSamples[`${source.leg}-shoe`]).toBeGreaterThan(0)
  })

  it('answers the same whether or not it was asked before', () => {
    const source = clean[0]!
    const once = readLegFrom(source)
    const again = readLegFrom(source)
    expect(again.map((s) => s.motion.curves)).toEqual(once.map((s) => s.motion.curves))
  })
})

const captured = capturedRunners()

const where = captured.length === 0 ? ' (skipped: no data; set FOOTFALL_DATA)' : ''

describe.skipIf(captured.length === 0)(`captured runners, true events${where}`, () => {
  it('are within the accuracy the page claims', () => {
    const strides = captured.flatMap((folder) => SIDES.flatMap((leg) => readLeg(folder, leg)))
    expect(strides.length).toBeGreaterThan(300)
    // measured: 1.6, 5.3, 1.5, 1.2, 0.9, 31, 0.3, 0.5, 1.2, 0.8, 2.3
    within(strides, {
      peakEversion: 2,
      peakEversionPct: 6,
      eversionExcursion: 2,
      eversionCurve: 2,
      eversionShape: 1.5,
      eversionVelocity: 50,
      rotationExcursion: 1.2,
      peakRotationPct: 4,
      peakDorsiflexion: 2,
      strike: 2.5,
      strideLengthPct: 4,
    })
  })

  it('without standing keep shape and excursions', () => {
    const strides = captured
      .filter((_, k) => k % 3 === 1)
      .flatMap((folder) => SIDES.flatMap((leg) => readLeg(folder, leg, { standing: false })))
    within(strides, { eversionShape: 1.5, eversionExcursion: 2, rotationExcursion: 1.5 })
  })
})
