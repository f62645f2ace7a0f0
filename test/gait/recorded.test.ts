import { describe, expect, it } from 'vitest'
import { pool, runTrial, scoreTrial } from '../tools/score-events.ts'
import { dataFolder, trials } from '../tools/session-folders.ts'

/**
 * Real motion. The bounds are what the rules are held to, with room above what was measured when they were written
 * (`docs/methods/events.md`); they are no targets.
 */
const BOUNDS = [
  {
    words: ['RBDS002_run25', 'RBDS014_run35', 'RBDS018_run45', 'RBDS024_run35'],
    segment: 'shoe',
    lost: 0,
    contactSd: 4,
    toeOffSd: 8,
    bias: 18,
  },
  {
    words: ['s1_run_08kmh', 's1_run_10kmh', 's2_run_09kmh'],
    segment: 'shoe',
    lost: 0.02,
    contactSd: 5,
    toeOffSd: 8,
    bias: null,
  },
  {
    words: ['s1_walk_05kmh', 's2_walk_06kmh'],
    segment: 'shoe',
    lost: 0.03,
    contactSd: 20,
    toeOffSd: 20,
    bias: null,
  },
  { words: ['gaitmap-example'], segment: 'shoe', lost: 0.06, contactSd: 20, toeOffSd: 20, bias: null },
  {
    words: ['RBDS011_run35', 'RBDS014_run25'],
    segment: 'shin',
    lost: 0,
    contactSd: 8,
    toeOffSd: 8,
    bias: 25,
  },
] as const

const all = trials()

describe.skipIf(all.length === 0)(`recorded trials (skipped when ${dataFolder()} is absent)`, () => {
  for (const { words, segment, lost, contactSd, toeOffSd, bias } of BOUNDS)
    it(`${words.join(', ')}: every event found once, within the bounds (${segment})`, () => {
      const scores = all
        .filter((trial) => words.some((word) => `${trial.set}/${trial.name}`.includes(word)))
        .map((trial) => scoreTrial(trial, runTrial(trial, segment).events))
      expect(scores.length).toBeGreaterThan(0)
      const contacts = pool(scores.map((s) => s['initial-contact']))
      const toeOffs = pool(scores.map((s) => s['toe-off']))
      for (const p of [contacts, toeOffs]) expect((p.missed + p.extra) / p.truth).toBeLessThanOrEqual(lost)
      expect(contacts.sd).toBeLessThanOrEqual(contactSd)
      expect(toeOffs.sd).toBeLessThanOrEqual(toeOffSd)
      if (bias !== null)
        for (const p of [contacts, toeOffs]) expect(Math.abs(p.worst)).toBeLessThanOrEqual(bias)
    })

  it('half a minute of standing gives no event', () => {
    const trial = all.find((t) => t.name === 's1_stand_00kmh')!
    expect(runTrial(trial, 'shoe').events).toEqual([])
  })

  it('marks every event of a shin pod as a fallback, and none of a shoe', () => {
    const trial = all.find((t) => t.name === 'RBDS014_run25')!
    expect(runTrial(trial, 'shin').events.every((e) => e.fallback === true)).toBe(true)
    expect(runTrial(trial, 'shoe').events.some((e) => e.fallback !== undefined)).toBe(false)
  })
})
