import { expect, test } from 'vitest'
import { analysisDefaults, SettingsError, withOverrides } from '../../host/analysis/settings.ts'

test('an override changes one setting and leaves its neighbours, in groups within groups too', () => {
  const { composition, gait } = analysisDefaults
  const settings = withOverrides({ composition: { ringS: 20 }, gait: { pitch: { ...firstOf(gait.pitch) } } })
  expect(settings.composition).toEqual({ ...composition, ringS: 20 })
  expect(settings.gait).toEqual(gait)
  expect(analysisDefaults.composition.ringS).toBe(composition.ringS)
})

const firstOf = (group: object) => Object.fromEntries(Object.entries(group).slice(0, 1))

test.each([
  [{ nonsense: {} }, /settings\.nonsense: no such setting; there are composition/],
  [{ composition: { ringS: 'long' } }, /settings\.composition\.ringS: must be a number, is long/],
  [{ composition: { ringS: Number.NaN } }, /ringS: must be a number, is NaN/],
  [{ composition: null }, /settings\.composition: must be a group, is null/],
  [{ composition: { toString: 1 } }, /no such setting/],
])('%j is refused by name', (overrides, message) => {
  expect(() => withOverrides(overrides)).toThrow(SettingsError)
  expect(() => withOverrides(overrides)).toThrow(message)
})
