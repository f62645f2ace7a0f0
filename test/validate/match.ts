import type { AnalysisDocument, Stride } from '../../host/analysis/document.ts'
import type { GaitEvent } from '../../host/gait/events.ts'
import { median } from './statistics.ts'
import { type TrueStride, type Truth, type TruthEvent, WINDOW_S } from './truth.ts'

/** The lag between two clocks is looked for this far either way. */
const LAG_WITHIN_S = 0.15
const LAG_STEP_S = 0.005

type Found = Pick<GaitEvent, 'leg' | 'kind' | 'timeS' | 'announcedS'>
export interface EventPair {
  truth: TruthEvent
  found: Found
  /** Found minus true with the lag taken off. */
  errorS: number
}

export interface Matched {
  /** What the reference's clock is behind; 0 when it is the session's own. */
  lagS: number
  pairs: EventPair[]
  missed: TruthEvent[]
  extra: Found[]
}

/** One to one, nearest first, by leg and kind, within {@link WINDOW_S}. */
export function pairEvents(truth: readonly TruthEvent[], found: readonly Found[], lagS: number): EventPair[] {
  const near: EventPair[] = []
  for (const t of truth)
    for (const f of found) {
      const errorS = f.timeS - lagS - t.timeS
      if (f.leg === t.leg && f.kind === t.kind && Math.abs(errorS) <= WINDOW_S)
        near.push({ truth: t, found: f, errorS })
    }
  const taken = new Set<TruthEvent | Found>()
  return near
    .sort((a, b) => Math.abs(a.errorS) - Math.abs(b.errorS))
    .filter((pair) => {
      if (taken.has(pair.truth) || taken.has(pair.found)) return false
      taken.add(pair.truth).add(pair.found)
      return true
    })
}

/** The shift at which most initial contacts meet, then three times the median of what is left. */
function fitLag(truth: readonly TruthEvent[], found: readonly Found[]): number {
  const contacts = truth.filter((event) => event.kind === 'initial-contact')
  const by = contacts.length > 0 ? contacts : truth
  const nearness = (shift: number): number =>
    by.reduce((sum, t) => {
      const same = found.filter((f) => f.leg === t.leg && f.kind === t.kind)
      const nearest = Math.min(...same.map((f) => Math.abs(f.timeS - shift - t.timeS)))
      return sum + Math.max(0, 1 - nearest / WINDOW_S)
    }, 0)
  let lag = 0
  let best = -1
  for (let shift = -LAG_WITHIN_S; shift <= LAG_WITHIN_S + 1e-9; shift += LAG_STEP_S) {
    const now = nearness(shift)
    if (now > best + 1e-9) {
      best = now
      lag = shift
    }
  }
  for (let k = 0; k < 3; k++) {
    const pairs = pairEvents(by, found, lag)
    if (pairs.length > 0) lag += median(pairs.map((pair) => pair.errorS))
  }
  return lag
}

/** An unmatched event counts as extra only well inside the span and outside what the truth leaves out. */
export function matchEvents(document: Pick<AnalysisDocument, 'events'>, truth: Truth): Matched {
  const { span, kinds, legs } = truth
  const wanted = truth.events.filter(
    (event) => kinds.includes(event.kind) && event.timeS >= span.fromS && event.timeS <= span.toS,
  )
  const found = document.events.filter((event) => kinds.includes(event.kind) && legs.includes(event.leg))
  const lagS = truth.lagUnknown && wanted.length > 0 ? fitLag(wanted, found) : 0
  const pairs = pairEvents(wanted, found, lagS)
  const matched = new Set<TruthEvent | Found>(pairs.flatMap((pair) => [pair.truth, pair.found]))
  const excluded = ({ leg, kind }: Found, timeS: number): boolean =>
    truth.exclude.some(
      (x) => (!x.leg || x.leg === leg) && (!x.kind || x.kind === kind) && timeS >= x.fromS && timeS <= x.toS,
    )
  return {
    lagS,
    pairs,
    missed: wanted.filter((event) => !matched.has(event)),
    extra: found.filter((event) => {
      const timeS = event.timeS - lagS
      const inside = timeS > span.fromS + WINDOW_S && timeS < span.toS - WINDOW_S
      return !matched.has(event) && inside && !excluded(event, timeS)
    }),
  }
}

/** Strides by the nearest initial contact; those known only by mid-stance by the stance that holds it. */
export function matchStrides(
  strides: readonly Stride[],
  truth: Truth,
  lagS: number,
): { found: Stride; truth: TrueStride }[] {
  const taken = new Set<Stride>()
  const out: { found: Stride; truth: TrueStride }[] = []
  for (const wanted of truth.strides) {
    const free = strides.filter((stride) => !taken.has(stride) && stride.leg === wanted.leg)
    const found =
      wanted.icS !== undefined
        ? nearest(free, wanted.icS + lagS)
        : free.find((s) => s.icS - lagS <= wanted.midStanceS! && wanted.midStanceS! <= s.toS - lagS)
    if (found === undefined) continue
    taken.add(found)
    out.push({ found, truth: wanted })
  }
  return out
}

function nearest(strides: readonly Stride[], icS: number): Stride | undefined {
  let best: Stride | undefined
  let distance = WINDOW_S
  for (const stride of strides) {
    const d = Math.abs(stride.icS - icS)
    if (d < distance) {
      best = stride
      distance = d
    }
  }
  return best
}
