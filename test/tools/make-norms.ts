/**
 * Writes `host/metrics/norms-captured.ts`: what six captured runners did at three speeds, as mean and SD over their twelve legs.
 *   npx node test/tools/make-norms.ts
 * Numbers and curves are the truth that came with the recordings, each leg's mean over its strides. Only the phases need the product: its foot
 * flat and heel rise, laid onto the true curves. Nothing of the recordings themselves goes into the project.
 */
import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { CURVE_POINTS, type Stride } from '../../host/analysis/document.ts'
import { analyse } from '../../host/analysis/document-builder.ts'
import { phasesOf } from '../../host/metrics/phases.ts'
import { openSession } from '../../host/session/open.ts'
import { SIDES } from '../../shared/places.ts'
import { matchEvents, matchStrides } from '../validate/match.ts'
import { mean } from '../validate/statistics.ts'
import { readTruth, type TrueStride } from '../validate/truth.ts'
import { capturedRunners } from './captured-runners.ts'

const METRICS = [
  'contactTimeMs',
  'strideTimeMs',
  'strikeAngleDeg',
  'eversionAtContactDeg',
  'peakEversionDeg',
  'peakEversionPct',
  'timeToPeakEversionMs',
  'eversionExcursionDeg',
  'peakEversionVelocityDegPerS',
  'peakEversionVelocityPct',
  'evertedPct',
  'resupinationDeg',
  'tibialRotationExcursionDeg',
  'peakTibialRotationPct',
  'peakDorsiflexionDeg',
  'peakDorsiflexionPct',
]
const CURVES = ['eversion', 'tibialRotation', 'dorsiflexion'] as const
type Band = [mean: number, sd: number]

/** What one leg did at one speed: plain numbers by a path such as `metrics.peakEversionDeg` or `curves.eversionDeg.50`. */
type Leg = Map<string, number>

const bySpeed = new Map<number, Leg[]>()
const runners = new Set<string>()
for (const folder of capturedRunners()) {
  const { info, frames } = await openSession(folder)
  const speed = info.treadmill.speedMPerS!
  const truth = await readTruth(folder)
  const document = await analyse(info, frames())
  const pairs = matchStrides(document.strides, truth, matchEvents(document, truth).lagS)
  runners.add(basename(folder).split('_')[0]!)
  const legs = bySpeed.get(speed) ?? []
  bySpeed.set(speed, legs)
  for (const side of SIDES) legs.push(legOf(pairs.filter(({ truth: t }) => t.leg === side)))
}

function legOf(pairs: readonly { found: Stride; truth: TrueStride }[]): Leg {
  const values = new Map<string, number[]>()
  const put = (path: string, value: number) => values.set(path, [...(values.get(path) ?? []), value])
  for (const { found, truth } of pairs) {
    const n = (name: string) => truth[name] as number
    for (const name of METRICS) put(`metrics.${name}`, n(name))
    put('metrics.cadenceSpm', 120_000 / n('strideTimeMs'))
    put('metrics.dutyFactor', n('contactTimeMs') / n('strideTimeMs'))
    put('metrics.couplingLagPct', n('peakTibialRotationPct') - n('peakEversionPct'))
    const curves = trueCurves(truth)
    for (const name of CURVES)
      for (const [k, v] of curves[`${name}Deg`].entries()) put(`curves.${name}Deg.${k}`, v)
    const times = { icS: truth.icS!, toS: n('toS'), footFlatS: found.footFlatS, heelRiseS: found.heelRiseS }
    for (const [k, phase] of (phasesOf(times, { curves }) ?? []).entries()) {
      put(`phases.${k}.eversionDeg`, phase.eversionDeg!)
      put(`phases.${k}.tibialRotationDeg`, phase.tibialRotationDeg!)
    }
  }
  return new Map([...values].map(([path, all]) => [path, mean(all)]))
}

function trueCurves(truth: TrueStride) {
  const curve = (name: string) => truth[`${name}CurveDeg`] as number[]
  const rotation = curve('tibialRotation')
  return {
    eversionDeg: curve('eversion'),
    tibialRotationDeg: rotation.map((v) => v - rotation[0]!),
    dorsiflexionDeg: curve('dorsiflexion'),
    tibialAxialG: null,
  }
}

/** Over legs, sample SD. */
function band(legs: readonly Leg[], path: string, digits = 2): Band {
  const values = legs.map((leg) => leg.get(path)!)
  const m = mean(values)
  const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - m) ** 2, 0) / (values.length - 1))
  return [Number(m.toFixed(digits)), Number(sd.toFixed(digits))]
}

const points = Array.from({ length: CURVE_POINTS }, (_, k) => k)
const speeds = [...bySpeed].sort(([a], [b]) => a - b)
const data = speeds.map(([speedMPerS, legs]) => ({
  speedMPerS,
  metrics: Object.fromEntries(
    [...METRICS, 'cadenceSpm', 'dutyFactor', 'couplingLagPct'].map((name) => [
      name,
      band(legs, `metrics.${name}`, name === 'dutyFactor' ? 4 : 2),
    ]),
  ),
  curves: Object.fromEntries(
    CURVES.map((name) => {
      const bands = points.map((k) => band(legs, `curves.${name}Deg.${k}`))
      return [`${name}Deg`, { mean: bands.map(([m]) => m), sd: bands.map(([, sd]) => sd) }]
    }),
  ),
  phases: ['strike', 'suspension', 'transition', 'shift', 'propulsion'].map((name, k) => ({
    name,
    eversionDeg: band(legs, `phases.${k}.eversionDeg`),
    tibialRotationDeg: band(legs, `phases.${k}.tibialRotationDeg`),
  })),
}))

writeFileSync(
  new URL('../../host/metrics/norms-captured.ts', import.meta.url),
  `import type { CapturedSpeed } from './norms-shape.ts'

/**
 * Written by \`test/tools/make-norms.ts\`: mean and SD over ${speeds[0]![1].length} legs of ${runners.size} runners. Summary figures computed from the recordings of Fukuchi, Fukuchi &
 * Duarte 2017 (PeerJ 5:e3298, CC BY 4.0).
 */
// biome-ignore format: numbers, not prose
export const CAPTURED: readonly CapturedSpeed[] = ${JSON.stringify(data)}
`,
)
console.log(`${runners.size} runners`)
for (const [speed, legs] of speeds) {
  console.log(`\n${speed} m/s, ${legs.length} legs`)
  for (const path of [...legs[0]!.keys()].filter((p) => !p.startsWith('curves')))
    console.log(path.padEnd(42), band(legs, path).join(' ± '))
}
