import { PLACES, SIDES } from '../../shared/places.ts'
import { ANALYSIS_FORMAT, CURVE_POINTS, CURVES, STRIDE_METRICS } from './document.ts'

type Schema = Record<string, unknown>

const number: Schema = { type: 'number' }
const maybeNumber: Schema = { type: ['number', 'null'] }
const text: Schema = { type: 'string' }
const maybeText: Schema = { type: ['string', 'null'] }
const leg: Schema = { enum: SIDES }
const open: Schema = { type: 'object' }

/** An object with all of these fields, save the optional ones, and no others. */
const object = (properties: Record<string, Schema>, optional: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
})

const list = (items: Schema, extra: Schema = {}): Schema => ({ type: 'array', items, ...extra })
const mapOf = (names: readonly string[], value: Schema): Schema => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, value])),
  additionalProperties: false,
})

const refTo = (name: string): Schema => ({ $ref: `#/$defs/${name}` })

const quality = object({ ok: { type: 'boolean' }, reasons: list(text) })

const event = object(
  {
    leg,
    kind: { enum: ['initial-contact', 'foot-flat', 'heel-rise', 'toe-off', 'mid-swing'] },
    timeS: number,
    announcedS: number,
    confidence: { type: 'number', minimum: 0, maximum: 1 },
    fallback: { const: true },
  },
  ['fallback'],
)

const alignment = object({ method: text, qualityPct: { type: 'number', minimum: 0, maximum: 100 } })

const pod = object({
  samples: { type: 'integer', minimum: 0 },
  rateHz: maybeNumber,
  lostSamples: { type: 'integer', minimum: 0 },
  clippedSamples: { type: 'integer', minimum: 0 },
  clockErrorMs: maybeNumber,
  alignment: { anyOf: [alignment, { type: 'null' }] },
})

const phaseName: Schema = { enum: ['strike', 'suspension', 'transition', 'shift', 'propulsion'] }
const phase = object({
  name: phaseName,
  startPct: number,
  endPct: number,
  eversionDeg: maybeNumber,
  tibialRotationDeg: maybeNumber,
})

const curve: Schema = {
  anyOf: [list(number, { minItems: CURVE_POINTS, maxItems: CURVE_POINTS }), { type: 'null' }],
}

const stride = object({
  leg,
  index: { type: 'integer', minimum: 0 },
  icS: number,
  footFlatS: maybeNumber,
  heelRiseS: maybeNumber,
  toS: number,
  midSwingS: maybeNumber,
  nextIcS: number,
  confidence: number,
  ...Object.fromEntries(STRIDE_METRICS.map((name) => [name, maybeNumber])),
  strikeType: { enum: ['rearfoot', 'midfoot', 'forefoot', null] },
  strideLengthSource: { enum: ['belt', 'estimated', null] },
  clippedSamples: mapOf(PLACES, { type: 'integer', minimum: 0 }),
  phases: { anyOf: [list(phase, { minItems: 5, maxItems: 5 }), { type: 'null' }] },
  uncertainty: mapOf(STRIDE_METRICS, number),
  curves: object(Object.fromEntries(CURVES.map((name) => [name, curve]))),
  quality,
})

const metricSummary = object({
  mean: number,
  sd: number,
  cvPct: maybeNumber,
  uncertainty: maybeNumber,
  n: { type: 'integer' },
})
const movement: Schema = {
  anyOf: [
    object({
      meanDeg: number,
      sdDeg: number,
      usualDeg: maybeNumber,
      usualSdDeg: maybeNumber,
      missing: { type: ['boolean', 'null'] },
    }),
    { type: 'null' },
  ],
}
const phaseSummary = object({
  name: phaseName,
  startPct: number,
  endPct: number,
  eversion: refTo('movement'),
  tibialRotation: refTo('movement'),
})
const count: Schema = { type: 'integer', minimum: 0 }
const legSummary = object(
  {
    strides: count,
    cumulativeLoad: maybeNumber,
    intensity: { anyOf: [object({ low: count, medium: count, high: count }), { type: 'null' }] },
    phases: { anyOf: [list(phaseSummary, { minItems: 5, maxItems: 5 }), { type: 'null' }] },
    ...Object.fromEntries(STRIDE_METRICS.map((name) => [name, refTo('metricSummary')])),
  },
  STRIDE_METRICS,
)
const leftRight = object({
  difference: number,
  detectable: maybeNumber,
  differs: { type: ['boolean', 'null'] },
  symmetryUncertaintyPct: maybeNumber,
})
const onset = object({
  kind: { enum: ['step', 'slope'] },
  fromS: number,
  perMinute: number,
  change: number,
  uncertainty: number,
})

/** The JSON Schema (2020-12) of `analysis/1`, built from the same lists as the types. `docs/analysis-1.schema.json` is this, written out. */
export function analysisSchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: ANALYSIS_FORMAT,
    $defs: { metricSummary, leftRight, onset, movement },
    ...object({
      format: { const: ANALYSIS_FORMAT },
      software: object({ name: { const: 'footfall' }, version: text }),
      session: object({
        id: text,
        activity: maybeText,
        durationS: number,
        startedAt: maybeText,
        subject: open,
        treadmill: open,
        settings: open,
        notes: list(text),
      }),
      pods: mapOf(PLACES, pod),
      events: list(event),
      strides: list(stride),
      summary: object({
        left: legSummary,
        right: legSummary,
        symmetryPct: mapOf(STRIDE_METRICS, number),
        leftRight: mapOf(STRIDE_METRICS, refTo('leftRight')),
        drift: mapOf(SIDES, mapOf(STRIDE_METRICS, number)),
        onset: mapOf(SIDES, mapOf(STRIDE_METRICS, refTo('onset'))),
      }),
    }),
  }
}
