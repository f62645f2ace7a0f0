import type { Drift, LegParameters } from './leg-parameters.ts'

/** A kind of runner: what sets it apart from the typical one. */
export interface Preset {
  activity: 'running' | 'walking'
  /** For the demo's list. */
  says: string
  both?: Partial<LegParameters>
  left?: Partial<LegParameters>
  right?: Partial<LegParameters>
  driftPerMinute?: Drift
}

const KINDS = {
  easy: { activity: 'running', says: 'rearfoot striker with nothing unusual' },
  'late-left': {
    activity: 'running',
    says: 'the left foot pronates late and far; the right is ordinary',
    left: {
      peakEversionDeg: 15,
      peakEversionPct: 64,
      tibialRotationExcursionDeg: 12,
      peakTibialRotationPct: 52,
    },
    right: {
      peakEversionDeg: 9.5,
      peakEversionPct: 40,
      tibialRotationExcursionDeg: 8.5,
      peakTibialRotationPct: 36,
    },
  },
  forefoot: {
    activity: 'running',
    says: 'lands on the ball of the foot',
    both: {
      strikeAngleDeg: -6,
      dorsiflexionAtContactDeg: -11,
      peakDorsiflexionDeg: 23,
      eversionAtContactDeg: -9,
      peakEversionPct: 34,
      shinShockG: 1,
      shoeShockG: 3,
      slapLagMs: 7,
    },
  },
  rigid: {
    activity: 'running',
    says: 'stiff foot: little pronation, hard landing',
    both: {
      eversionAtContactDeg: -2.5,
      peakEversionDeg: 2.5,
      peakEversionPct: 35,
      tibialRotationExcursionDeg: 4,
      peakTibialRotationPct: 30,
      shinShockG: 4,
      shoeShockG: 9,
    },
  },
  overpronator: {
    activity: 'running',
    says: 'both feet pronate far',
    both: {
      eversionAtContactDeg: -7,
      peakEversionDeg: 17,
      peakEversionPct: 48,
      tibialRotationExcursionDeg: 13,
      peakTibialRotationPct: 42,
      eversionAtToeOffDeg: 1,
    },
    driftPerMinute: { peakEversionDeg: 0.15, peakEversionPct: 0.3 },
  },
  asymmetric: {
    activity: 'running',
    says: 'the right leg lands harder, flatter and for longer',
    left: { strikeAngleDeg: 15, shinShockG: 1.6, shoeShockG: 4, peakEversionDeg: 8 },
    right: { strikeAngleDeg: 6, shinShockG: 3.8, shoeShockG: 8, peakEversionDeg: 12.5, slapLagMs: 10 },
    driftPerMinute: { contactTimeMs: 1, shinShockG: 0.1 },
  },
  walker: { activity: 'walking', says: 'walks' },
} satisfies Record<string, Preset>

export type PresetName = keyof typeof KINDS
export const PRESETS: Record<PresetName, Preset> = KINDS
export const RUNNERS = Object.keys(PRESETS) as PresetName[]
