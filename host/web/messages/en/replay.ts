import { number } from '../../format.ts'

export const replay = {
  speed: 'Speed',
  max: 'max',
  times: (speed: number) => `${number(speed, speed === 0.25 ? 2 : speed < 1 ? 1 : 0)}×`,
  of: (clock: string) => `of ${clock}`,
  position: 'Position in the recording',
  positionKeys:
    'Arrow keys step from stance to stance, with Shift by a second; brackets go from mark to mark.',
  lanes: {
    peakEversionPct: { name: 'Peak timing', unit: '% of stance' },
    peakTibialAxialG: { name: 'Tibial peak', unit: 'g, axial' },
    cadenceSpm: { name: 'Cadence', unit: 'steps / min' },
  },
  gap: (place: string, seconds: string) => `${place}: ${seconds} missing`,
  seconds: (value: string) => `${value} s`,
  analysing: (pct: string) => `Looking through the recording: ${pct} %`,
  noOverview: 'No overview of this recording.',
  previousStance: 'Previous stance',
  nextStance: 'Next stance',
  previousMark: 'Previous mark',
  nextMark: 'Next mark',
  loop: 'Loop stance',
  loopOff: 'End loop',
}
