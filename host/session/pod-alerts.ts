import { PLACES, type Place, placeOf, type Segment, segmentOf, sideOf } from '../../shared/places.ts'
import type { Fault } from '../analysis/analysis.ts'
import type { AlertBoard } from './alert-board.ts'
import type { Alert, AlertCode, PodLive, UnplacedPod } from './feed.ts'
import { HIGH_LOSS_PCT, LOW_BATTERY_PCT } from './pod-panel.ts'

/** A pod that has just been started has its moment, s. */
const SILENT_S = 2
const MISSING_S = 5
const CLOCK_SETTLES_S = 20
const CRITICAL_BATTERY_PCT = 5
/** Samples at the sensor's limit in the last so many seconds. */
const CLIPPING_S = 10
/** Samples lost in the last so many seconds, % of those due. */
const LOSS_S = 30
/** Twice what clocks are held to (`docs/methods/clock.md`). */
const CLOCK_ERROR_MS = 2

/** What a pod's counters stood at some time ago. */
class Window {
  readonly #lengthS: number
  readonly #past: { timeS: number; count: number }[] = []

  constructor(lengthS: number) {
    this.#lengthS = lengthS
  }

  /** How much the count has grown within the window. */
  grown(timeS: number, count: number): number {
    // a pod that was changed for another counts anew
    if (count < (this.#past.at(-1)?.count ?? 0)) this.#past.length = 0
    this.#past.push({ timeS, count })
    while (this.#past[0]!.timeS < timeS - this.#lengthS) this.#past.shift()
    return count - this.#past[0]!.count
  }
}

interface Watched {
  sinceS: number
  heardS: number
  clipped: Window
  lost: Window
}

/** What is wrong with the pods, as alerts that clear themselves. */
export class PodAlerts {
  readonly #board: AlertBoard
  readonly #watched = new Map<Place, Watched>()
  #sinceS = Number.NaN

  constructor(board: AlertBoard) {
    this.#board = board
  }

  /** To be called twice a second while samples are expected. */
  look(
    nowS: number,
    pods: readonly PodLive[],
    unplaced: readonly UnplacedPod[],
    faults: readonly Fault[],
  ): void {
    if (Number.isNaN(this.#sinceS)) this.#sinceS = nowS
    for (const pod of pods) this.#pod(nowS, pod)
    for (const place of PLACES) {
      this.#missing(nowS, place, pods)
      this.#duplicate(nowS, place, unplaced)
      const [slip] = faults.flatMap((fault) =>
        fault.code === 'slipped' && fault.place === place ? [fault] : [],
      )
      this.#set(slip !== undefined, 'slipped', place, {
        fromS: slip?.sinceS ?? nowS,
        values: { turnedDeg: slip?.turnedDeg ?? 0 },
      })
    }
    for (const side of ['left', 'right', null] as const) {
      const key = side === null ? 'swapped' : `swapped ${side}`
      if (faults.some((fault) => fault.code === 'swapped' && fault.side === side))
        this.#board.raise({
          key,
          level: 'bad',
          fromS: nowS,
          code: 'swapped',
          ...(side && { side }),
          values: {},
        })
      else this.#board.clear(key)
    }
  }

  /** Nothing is expected any more. */
  end(): void {
    this.#board.clearAll()
  }

  #pod(nowS: number, pod: PodLive): void {
    const { place } = pod
    const watched = this.#watched.get(place) ?? {
      sinceS: nowS,
      heardS: nowS,
      clipped: new Window(CLIPPING_S),
      lost: new Window(LOSS_S),
    }
    this.#watched.set(place, watched)
    if (pod.streaming) watched.heardS = nowS
    const silentS = nowS - watched.heardS
    this.#set(silentS >= SILENT_S, 'pod-silent', place, {
      level: 'bad',
      fromS: watched.heardS,
      values: { silentS },
    })
    const batteryPct = pod.batteryPct ?? 100
    this.#set(batteryPct < LOW_BATTERY_PCT, 'battery-low', place, {
      level: batteryPct < CRITICAL_BATTERY_PCT ? 'bad' : 'attention',
      fromS: nowS,
      values: { batteryPct },
    })
    const samples = watched.clipped.grown(nowS, pod.clippedSamples)
    this.#set(samples > 0, 'clipping', place, { fromS: nowS, values: { samples } })
    const lost = watched.lost.grown(nowS, pod.lostSamples)
    const lossPct = (100 * lost) / (LOSS_S * pod.nominalRateHz)
    this.#set(lossPct > HIGH_LOSS_PCT, 'loss', place, { fromS: nowS, values: { lossPct } })
    const errorMs = nowS - watched.sinceS > CLOCK_SETTLES_S ? (pod.clockErrorMs ?? 0) : 0
    this.#set(errorMs > CLOCK_ERROR_MS, 'clock', place, { fromS: nowS, values: { errorMs } })
  }

  /** A leg with one pod lacks the other; a leg with none was left out on purpose. */
  #missing(nowS: number, place: Place, pods: readonly PodLive[]): void {
    const has = (segment: Segment) => pods.some((pod) => pod.place === placeOf(sideOf(place), segment))
    const partner = segmentOf(place) === 'shoe' ? 'shin' : 'shoe'
    const missing = nowS - this.#sinceS > MISSING_S && has(partner) && !has(segmentOf(place))
    this.#set(missing, 'pod-missing', place, { fromS: this.#sinceS, values: {} })
  }

  #duplicate(nowS: number, place: Place, unplaced: readonly UnplacedPod[]): void {
    const others = unplaced.filter(({ claims }) => claims === place).length
    this.#set(others > 0, 'duplicate-place', place, {
      level: 'bad',
      fromS: nowS,
      values: { pods: others + 1 },
    })
  }

  #set(
    is: boolean,
    code: AlertCode,
    place: Place,
    what: Pick<Alert, 'fromS' | 'values'> & { level?: Alert['level'] },
  ): void {
    const key = `${code} ${place}`
    if (is) this.#board.raise({ key, code, place, level: 'attention', ...what })
    else this.#board.clear(key)
  }
}
