import { emptyHeader, readHeader, TYPE_HELLO, TYPE_SAMPLES, TYPE_STATUS } from '../../shared/frame.ts'
import type { Hello, Status } from '../../shared/messages.ts'
import { PLACES, type Place } from '../../shared/places.ts'
import type { PodReport } from '../analysis/document.ts'
import { type Gap, type GapCause, REMEDIES } from '../link/hole.ts'
import { readMessage } from '../link/messages.ts'
import type { PodLive } from './feed.ts'

const SILENT_S = 1
export const LOW_BATTERY_PCT = 15
export const HIGH_LOSS_PCT = 1

interface Worn {
  hello: Hello
  status: Status | null
  lastSamplesS: number
  /** Number of the sample after the newest heard; what comes before it was asked for again. */
  nextSample: number
  refilled: number
  /** Overruns at the first status heard: earlier ones are not this session's. */
  overrunsBefore: number
  /** Of this session's last gap. */
  gapCause: GapCause | null
  signalDbm: number | null
}

/** What the pods panel shows, out of hellos, statuses and the analysis' report. Pods are known by the place they are worn at. */
export class PodPanel {
  readonly #worn = new Map<Place, Worn>()
  readonly #header = emptyHeader()
  readonly #byStream = new Map<number, Worn>()

  /** Session time begins anew; who wears what stays known. */
  restart(): void {
    for (const worn of this.#worn.values()) {
      worn.lastSamplesS = Number.NEGATIVE_INFINITY
      worn.overrunsBefore = worn.status?.overruns ?? 0
      worn.gapCause = null
      worn.nextSample = 0
      worn.refilled = 0
    }
  }

  frame(bytes: Uint8Array, arrivalS: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const { type, stream, payloadBytes, firstSample, count } = readHeader(view, 0, this.#header)
    if (type === TYPE_HELLO) {
      const hello = readMessage<Hello>(bytes, payloadBytes)
      if (hello?.place) this.#hello(hello, hello.place, stream)
      return
    }
    const worn = this.#byStream.get(stream)
    if (worn === undefined) return
    if (type === TYPE_SAMPLES) {
      worn.lastSamplesS = arrivalS
      if (firstSample < worn.nextSample) worn.refilled += count
      else worn.nextSample = firstSample + count
    } else if (type === TYPE_STATUS) {
      const status = readMessage<Status>(bytes, payloadBytes)
      if (status === null) return
      // a pod that booted counts from 0 again
      if (worn.status === null || status.overruns < worn.overrunsBefore) worn.overrunsBefore = status.overruns
      worn.status = status
    }
  }

  gap({ place, cause }: Gap): void {
    const worn = place && this.#worn.get(place)
    if (worn) worn.gapCause = cause
  }

  /** Strength at which a pod's radio is received, dBm. */
  signal(id: string, dBm: number | null): void {
    for (const worn of this.#worn.values()) if (worn.hello.id === id) worn.signalDbm = dBm
  }

  /** The pods that have their place to themselves. */
  get ids(): string[] {
    return [...this.#worn.values()].map(({ hello }) => hello.id)
  }

  /** @param recording samples are expected, so their absence is a problem */
  pods(nowS: number, reports: Partial<Record<Place, PodReport>>, recording: boolean): PodLive[] {
    return PLACES.flatMap((place) => {
      const worn = this.#worn.get(place)
      return worn ? [show(place, worn, nowS, reports[place], recording)] : []
    })
  }

  #hello(hello: Hello, place: Place, stream: number): void {
    const before = this.#worn.get(place)
    const same = before?.hello.id === hello.id
    const worn: Worn = {
      hello,
      status: same ? before.status : null,
      lastSamplesS: same ? before.lastSamplesS : Number.NEGATIVE_INFINITY,
      overrunsBefore: same ? before.overrunsBefore : 0,
      gapCause: same ? before.gapCause : null,
      signalDbm: same ? before.signalDbm : null,
      // a new stream counts from 0
      nextSample: before !== undefined && this.#byStream.get(stream) === before ? before.nextSample : 0,
      refilled: same ? before.refilled : 0,
    }
    for (const [other, { hello: theirs }] of this.#worn) if (theirs.id === hello.id) this.#worn.delete(other)
    this.#worn.set(place, worn)
    // streams of pods that are no longer worn, or began anew, are forgotten
    for (const [known, of] of this.#byStream)
      if (![...this.#worn.values()].includes(of)) this.#byStream.delete(known)
    this.#byStream.set(stream, worn)
  }
}

function show(
  place: Place,
  worn: Worn,
  nowS: number,
  report: PodReport | undefined,
  recording: boolean,
): PodLive {
  const { hello, status } = worn
  const lost = report?.lostSamples ?? 0
  const due = (report?.samples ?? 0) + lost
  const live: PodLive = {
    place,
    id: hello.id,
    streaming: nowS - worn.lastSamplesS <= SILENT_S,
    rateHz: report?.rateHz ?? null,
    nominalRateHz: hello.rateHz,
    lossPct: due > 0 ? (100 * lost) / due : 0,
    lostSamples: lost,
    refilledSamples: worn.refilled,
    batteryPct: status?.battery ?? null,
    signalDbm: worn.signalDbm,
    clockErrorMs: report?.clockErrorMs ?? null,
    clippedSamples: report?.clippedSamples ?? 0,
    alignment: report?.alignment ?? null,
    problem: null,
  }
  live.problem = problemOf(live, worn, recording)
  return live
}

function problemOf(live: PodLive, worn: Worn, recording: boolean): string | null {
  const { status } = worn
  if (recording && !live.streaming) return 'nothing comes from this pod: check its cable and battery'
  if (live.batteryPct !== null && live.batteryPct < LOW_BATTERY_PCT)
    return `battery at ${live.batteryPct} %: charge it`
  if (status && status.overruns > worn.overrunsBefore)
    return 'the pod could not send fast enough and lost samples: use a faster link or a lower rate'
  if (live.lossPct > HIGH_LOSS_PCT)
    return `${live.lossPct.toFixed(1)} % of samples lost: ${worn.gapCause ? REMEDIES[worn.gapCause] : 'check the cable or the radio'}`
  return null
}
