import type { CurveName, Phase, Place, Side, StrideMetric } from '../../../server/messages.ts'

export const place: Record<Place, string> = {
  'left-shoe': 'left shoe',
  'left-shin': 'left shin',
  'right-shoe': 'right shoe',
  'right-shin': 'right shin',
}

export const side: Record<Side, string> = { left: 'Left', right: 'Right' }

/** On a pod and in narrow places. */
export const letter: Record<Side, string> = { left: 'L', right: 'R' }

export const phase: Record<Phase['name'], { name: string; rule: string }> = {
  strike: { name: 'Strike', rule: 'Our rule: initial contact → foot flat' },
  suspension: { name: 'Suspension', rule: 'Our rule: foot flat → peak eversion' },
  transition: { name: 'Transition', rule: 'Our rule: peak eversion → heel rise' },
  shift: { name: 'Shift', rule: 'Our rule: heel rise → half of the way to toe-off' },
  propulsion: { name: 'Propulsion', rule: 'Our rule: the rest, to toe-off' },
}

/** A curve in full, and where there is little room. */
export const curve: Record<CurveName, string> = {
  eversionDeg: 'Shoe eversion',
  tibialRotationDeg: 'Tibial internal rotation',
  dorsiflexionDeg: 'Ankle dorsiflexion',
  tibialAxialG: 'Tibial acceleration, axial',
}

export const curveShort: Record<CurveName, string> = {
  eversionDeg: 'Eversion',
  tibialRotationDeg: 'Rotation',
  dorsiflexionDeg: 'Dorsiflexion',
  tibialAxialG: 'Acceleration',
}

export const metric: Partial<Record<StrideMetric, string>> = {
  contactTimeMs: 'Contact',
  cadenceSpm: 'Cadence',
  peakEversionPct: 'Peak timing',
  peakEversionDeg: 'Peak eversion',
  eversionExcursionDeg: 'Excursion',
  tibialRotationExcursionDeg: 'Tibial rotation',
  peakTibialAxialG: 'Tibial peak',
}
