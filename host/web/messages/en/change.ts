import type { CurveName, StrideMetric } from '../../../server/messages.ts'
import { curveShort, metric, side } from './body.ts'

/** Usual, norms, tags, before and after: every word for a difference. Says later, more, less, about equal; never what it means for health. */

type Direction = readonly [more: string, less: string]
const TIME: Direction = ['later', 'earlier']
const LENGTH: Direction = ['longer', 'shorter']
const PACE: Direction = ['quicker', 'slower']
const AMOUNT: Direction = ['more', 'less']

const directionOf = (name: StrideMetric): Direction => {
  if (name === 'cadenceSpm') return PACE
  if (name === 'contactTimeMs' || name === 'flightTimeMs') return LENGTH
  return name.endsWith('Pct') || name.startsWith('timeTo') ? TIME : AMOUNT
}

export const more = (name: StrideMetric, difference: number): string =>
  directionOf(name)[difference > 0 ? 0 : 1]

export const beside = {
  usual: (value: string) => `usual ${value}`,
  by: (name: StrideMetric, amount: string, difference: number) => `${amount} ${more(name, difference)}`,
  same: 'same',
  least: (amount: string) => `differences under ${amount} are too small to tell`,
  unknown: 'what can be told apart is not known for this number',
}

export const usual = {
  name: 'Usual',
  set: 'Set usual',
  setAnew: 'Set usual anew',
  clear: 'Clear usual',
  setWhat: 'The last 20 good strides of each leg become this runner’s usual.',
  since: (clock: string) => `Usual, set at ${clock}`,
}

export const norm = {
  title: 'norm',
  none: (speed: string) => `no norm at ${speed}`,
  noSpeed: 'no norm: the belt’s speed is not known',
  source: (citation: string, people: string, definition: string) =>
    `Mean ± SD from one leg to the next of ${people}: ${definition}. ${citation}. It says what a group did; it is no target.`,
}

export const view = {
  name: 'View',
  lower: 'Under the eversion',
  legs: 'Legs',
  beside: 'Side by side',
  inOne: 'Both in one',
  usual: 'Usual',
  norm: 'Norm band',
  table: 'Values as tables',
}

export const tag = {
  title: 'What is different from now on',
  field: {
    shoe: 'Shoe',
    orthotic: 'Orthotic',
    speedMPerS: 'Speed, m/s',
    inclinePct: 'Incline, %',
    pain: 'Pain, 0–10',
    note: 'Note',
  },
  incline: (pct: string) => `${pct} % incline`,
  pain: (value: string) => `pain ${value}`,
}

const join = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

type Stretches = readonly { fromPct: number; toPct: number }[]

const at = ({ fromPct, toPct }: Stretches[number]): string =>
  fromPct === toPct ? `at ${fromPct}` : `from ${fromPct} to ${toPct}`
const differs = (stretches: Stretches): string => `differs ${join(stretches.map(at))} %`

/** What fits into a sentence: of many stretches where the first begins and the last ends. */
const briefly = (stretches: Stretches): string => {
  const [first, last] = [stretches[0], stretches.at(-1)]
  return stretches.length < 3 || !first || !last
    ? differs(stretches)
    : `differs in parts from ${first.fromPct} to ${last.toPct} %`
}

/** What was found of one leg: numbers that moved, curves that differ; `null` where nothing can be told. */
type Found = {
  moved: readonly string[]
  curves: readonly { name: CurveName; stretches: Stretches }[]
} | null

/** Numbers of a leg that are said; the others stand in the table. */
const SAID = 3

const found = (of: Found): string => {
  if (of === null) return 'too little to tell'
  const rest = of.moved.length - SAID
  const moved = join([...of.moved.slice(0, SAID), ...(rest > 0 ? [`${rest} more`] : [])])
  const [first, ...others] = of.curves.map(({ name }) => curveShort[name].toLowerCase())
  const too = others.length > 0 ? `, ${join(others)} too` : ''
  const where = first ? `${first} ${briefly(of.curves[0]?.stretches ?? [])} of stance${too}` : ''
  if (moved === '') return where || 'no change that can be told'
  return where === '' ? moved : `${moved} (${where})`
}

export const compare = {
  name: 'Before – after',
  none: 'Nothing to compare yet.',
  noneWhat:
    'Tag a change of shoe, orthotic, speed or incline (T) and run on: what was before and what came after appear here.',
  start: 'from the start',
  segment: (from: string, label: string) => `${from} ${label}`.trim(),
  swap: 'Swap A and B',
  curve: 'Curve',
  table: 'Numbers before and after',
  what: 'Mean of',
  change: 'B − A',
  strides: (a: string, b: string) => `${a} and ${b} strides`,
  sd: (spread: string) => `${spread} from stride to stride`,
  difference: 'Difference, B − A, with its 95 % band',
  zone: 'grey: too small to tell',
  unknown: 'too few strides to tell',
  where: (stretches: Stretches) =>
    stretches.length === 0 ? 'differs nowhere' : `${differs(stretches)} of stance`,
  verdict: (differs: boolean | null, least: string | null) =>
    differs === null ? 'cannot be told' : differs ? `more than ${least}` : 'too small to tell',
  under: (least: string) => `under ${least}`,
  finding: (name: StrideMetric, amount: string, difference: number) =>
    `${(metric[name] ?? name).toLowerCase()} ${amount} ${more(name, difference)}`,
  sentence: (left: Found, right: Found) => {
    const [inLeft, inRight] = [found(left), found(right)]
    return inLeft === inRight
      ? `Left and right: ${inLeft}.`
      : `${side.left}: ${inLeft}; ${side.right.toLowerCase()}: ${inRight}.`
  },
  wearing:
    'Grey: within the smallest change these pods can tell (95 %), worn as they are. A change says what moved differently, not what it means for health.',
  puton:
    'Grey: within the smallest change these pods can tell (95 %). A pod that goes to another shoe is put on anew, so less can be told apart than with the same shoe. A change says what moved differently, not what it means for health.',
}
