import { placeOf, sideOf } from '../../shared/places.ts'
import type { FeedState, PodLive, Side } from '../server/messages.ts'
import { clock } from './format.ts'
import { podState } from './pod-state.ts'
import { isSettling, isUsable, type Step } from './steps.ts'
import { words } from './words.ts'

const SEGMENTS = ['shoe', 'shin'] as const

export interface LegStatus {
  kind:
    | 'off'
    | 'empty'
    | 'waiting'
    | 'lost'
    | 'frozen'
    | 'settling'
    | 'gap'
    | 'clipped'
    | 'live'
    | 'stopped'
    | 'replay'
  /** Glyph and words, and the look of a state colour. */
  tag: string
  look: '' | 'good' | 'attn' | 'bad'
  what: string
}

interface Known {
  linkLost: boolean
  /** Why what was asked for cannot be shown. */
  unreadable: string | null
  state: FeedState | null
  pods: readonly PodLive[]
  steps: readonly Step[]
  frozenAtS: number | null
  stancesSince: number
}

/** What one leg's panel says of itself, the most pressing first. Pure. */
export function describeLeg(side: Side, known: Known): LegStatus {
  const { state, pods, steps } = known
  const own = pods.filter((pod) => sideOf(pod.place) === side)
  const silent = own.find((pod) => podState(pod, state?.phase) === 'silent')
  if (known.linkLost) return { kind: 'off', tag: words.state.disconnected, look: 'bad', what: '' }
  if (known.unreadable !== null)
    return { kind: 'off', tag: words.state.unreadable, look: 'bad', what: known.unreadable }
  if (state === null) return { kind: 'empty', tag: '', look: '', what: words.state.connecting }
  if (known.frozenAtS !== null)
    return {
      kind: 'frozen',
      tag: words.state.frozen(clock(known.frozenAtS)),
      look: '',
      what: words.state.frozenSince(known.stancesSince),
    }
  if (state.source === 'replay') return replayStatus(state, steps)
  if (silent && steps.length > 0)
    return { kind: 'lost', tag: words.state.lost(silent.place), look: 'bad', what: silent.problem ?? '' }
  if (state.phase === 'stopped')
    return {
      kind: 'stopped',
      tag: words.state.stopped,
      look: '',
      what: words.state.stoppedWhat(state.recording),
    }
  if (steps.length === 0) return waitingStatus(side, state.phase, own, pods.length > 0)
  return runningStatus(steps)
}

function replayStatus(state: FeedState, steps: readonly Step[]): LegStatus {
  const speed = state.speed === null ? words.replay.max : words.replay.times(state.speed)
  const tag =
    state.phase === 'paused' || state.phase === 'waiting'
      ? words.state.paused
      : state.phase === 'ended'
        ? words.state.ended
        : words.state.replay(speed)
  const last = steps.at(-1)
  if (last && isSettling(last))
    return { kind: 'replay', tag, look: '', what: `▲ ${words.state.settlingWhat}` }
  const what =
    last === undefined && state.phase !== 'playing' ? words.state.replayBegin : words.state.replayNote
  return { kind: 'replay', tag, look: '', what }
}

function waitingStatus(
  side: Side,
  phase: FeedState['phase'],
  own: readonly PodLive[],
  any: boolean,
): LegStatus {
  if (!any) return { kind: 'empty', tag: '', look: '', what: `${words.state.empty} ${words.state.emptyWhat}` }
  const quiet = SEGMENTS.map((segment) => placeOf(side, segment)).filter(
    (place) => !own.some((pod) => pod.place === place && podState(pod, phase) !== 'silent'),
  )
  if (quiet.length > 0) return { kind: 'waiting', tag: '', look: '', what: words.state.waiting(quiet) }
  return {
    kind: 'waiting',
    tag: '',
    look: '',
    what: phase === 'waiting' ? words.state.ready : words.state.running,
  }
}

function runningStatus(steps: readonly Step[]): LegStatus {
  const last = steps.at(-1)
  if (last && isSettling(last))
    return {
      kind: 'settling',
      tag: words.state.settling(steps.filter(isSettling).length),
      look: 'attn',
      what: words.state.settlingWhat,
    }
  const recent = steps.slice(-12)
  const clipped = recent.filter(({ quality }) =>
    quality.reasons.some((reason) => reason.startsWith('clipped')),
  )
  if (clipped.length > 0)
    return {
      kind: 'clipped',
      tag: words.state.clipped(clipped.length, recent.length),
      look: 'attn',
      what: words.state.clippedWhat,
    }
  const apart = recent.filter((step) => !isUsable(step))
  const reason = apart.at(-1)?.quality.reasons[0]
  if (reason !== undefined)
    return {
      kind: 'gap',
      tag: words.state.gap(apart.length, recent.length),
      look: 'attn',
      what: words.state.gapWhat(words.reason(reason)),
    }
  return { kind: 'live', tag: words.state.live, look: 'good', what: '' }
}
