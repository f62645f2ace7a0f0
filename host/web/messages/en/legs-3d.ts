import type { StrideMetric } from '../../../server/messages.ts'

/** Degrees that are neither way. */
const LEVEL_DEG = 0.5

const rows: readonly (readonly [metric: StrideMetric, name: string, digits: number])[] = [
  ['peakEversionDeg', 'Peak eversion, °', 1],
  ['peakEversionPct', 'at, % of stance', 0],
  ['eversionExcursionDeg', 'Excursion, °', 1],
  ['tibialRotationExcursionDeg', 'Tibial rotation, °', 1],
  ['peakDorsiflexionDeg', 'Peak dorsiflexion, °', 1],
]

export const legs3d = {
  name: 'Legs',
  toggle: 'Legs in 3-D',
  view: 'Seen from',
  views: { back: 'Back', side: 'Side', front: 'Front' },
  from: {
    back: 'from behind',
    side: 'from the right',
    front: 'from the front',
    free: 'turned; Home goes behind',
  },
  way: (deg: number | null): string =>
    deg === null || Math.abs(deg) < LEVEL_DEG ? 'level' : deg > 0 ? 'everted' : 'inverted',
  peak: 'at its furthest',
  air: 'in the air',
  unknown: 'not known now',
  settling: 'settling',
  usual: 'grey: usual',
  calm: 'each leg at its furthest, stance by stance',
  waiting: 'After the first two strides.',
  loading: 'Opening.',
  'no-webgl': 'This browser cannot draw in 3-D (no WebGL). The table has the numbers: D.',
  failed: 'The picture could not be fetched. Close and open the card when the host is back.',
  spoken: (from: string, left: string | null, right: string | null): string => {
    const legs = [left && `left ${left}°`, right && `right ${right}°`].filter(Boolean).join(', ')
    const said = legs === '' ? 'No stance yet.' : `Shoe eversion at its furthest in the last stance: ${legs}.`
    return `Legs ${from}. ${said} Arrow keys turn, plus and minus come nearer, Home goes behind.`
  },
  table: { caption: 'The last stance of each leg', rows },
}
