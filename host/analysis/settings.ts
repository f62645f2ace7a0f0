import { clockDefaults } from '../clock/pod-clock.ts'
import { gaitDefaults } from '../gait/settings.ts'
import { metricsDefaults } from '../metrics/settings.ts'
import { motionDefaults } from '../motion/settings.ts'

/** How the composition itself waits; every room below adds its own. */
export const compositionDefaults = {
  /** Seconds of samples kept per pod. */
  ringS: 16,
  /** Samples behind a hole wait while it is being filled, until nothing has come for so long … */
  backfillWaitS: 2,
  /** … and no longer than this, s. */
  backfillHorizonS: 8,
  /** Steps longer than this many sample periods, and than `gapFloorS`, are gaps. */
  gapPeriods: 3.5,
  gapFloorS: 0.03,
  /** A stance's end waits this long for the other pod of the leg before it goes on without it, s. */
  partnerWaitS: 0.5,
  /** A pod this far behind its partner is left out until it is heard again, s. */
  silentS: 3,
  /** A stride's record waits this long for the other foot's contact, s. */
  otherLegWaitS: 0.5,
  /** Strides are held back until alignment has settled, but no longer than this, s. */
  settleHoldS: 12,
}

export const analysisDefaults = {
  composition: compositionDefaults,
  clock: clockDefaults,
  motion: motionDefaults,
  gait: gaitDefaults,
  metrics: metricsDefaults,
}

export type AnalysisSettings = typeof analysisDefaults

/** A settings name or value that is not one. */
export class SettingsError extends Error {
  override name = 'SettingsError'
}

type Group = Record<string, unknown>

/**
 * The defaults with overrides laid over them, `{ room: { name: value } }`, groups within groups alike.
 * @throws SettingsError naming the setting, for an unknown name, another type, or a number that is not finite
 */
export function withOverrides(overrides: Record<string, unknown>): AnalysisSettings {
  const merged = structuredClone(analysisDefaults)
  lay(overrides, merged as unknown as Group, 'settings')
  return merged
}

function lay(overrides: Group, onto: Group, path: string): void {
  for (const [name, value] of Object.entries(overrides)) {
    const here = `${path}.${name}`
    const usual = Object.hasOwn(onto, name) ? onto[name] : undefined
    if (usual === undefined)
      throw new SettingsError(`${here}: no such setting; there are ${Object.keys(onto).join(', ')}`)
    if (
      typeof value !== typeof usual ||
      value === null ||
      (typeof value === 'number' && !Number.isFinite(value))
    )
      throw new SettingsError(
        `${here}: must be a ${typeof usual === 'object' ? 'group' : typeof usual}, is ${String(value)}`,
      )
    if (typeof usual === 'object') lay(value as Group, usual as Group, here)
    else onto[name] = value
  }
}
