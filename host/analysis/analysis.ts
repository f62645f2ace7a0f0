import {
  emptyHeader,
  HEADER_BYTES,
  readHeader,
  TYPE_HELLO,
  TYPE_HIGH_G,
  TYPE_SAMPLES,
  TYPE_TIME,
} from '../../shared/frame.ts'
import { type Hello, TIME_PAYLOAD_BYTES } from '../../shared/messages.ts'
import { type Place, SIDES, type Side, segmentOf, sideOf } from '../../shared/places.ts'
import { SessionSummary } from '../metrics/summary.ts'
import type { Fault } from '../motion/fault.ts'
import type { LegPose } from '../motion/leg-pose.ts'
import { BeltCourse } from './belt.ts'
import type { AnalysisDocument, PodReport } from './document.ts'
import { readHello } from './hello.ts'
import { LegAnalysis } from './leg.ts'
import { LegOutput } from './leg-output.ts'
import { PodInlet } from './pod-inlet.ts'
import type { BeltChange, SessionInfo } from './session-info.ts'
import { type AnalysisSettings, withOverrides } from './settings.ts'
import type { AnalysisSink } from './sink.ts'

export type { AnalysisSink, Fault }

/** Frames that wait for their pod's hello, which is asked for again at once. */
const MAX_NAMELESS = 64

/**
 * The one composition: frames in, events, stances and strides out. Live, replay and re-analysis hold one of these each and
 * feed it; nothing else computes a number a user sees.
 *
 * Pods are told apart by their stream number, which a pod draws anew at each start and which its hello carries.
 */
export class Analysis {
  readonly info: SessionInfo
  readonly settings: AnalysisSettings
  /** Whoever made the analysis; its state is not the analysis's. */
  readonly sink: AnalysisSink
  private readonly output: LegOutput
  private readonly legs: Record<Side, LegAnalysis>
  private readonly totals: SessionSummary
  private readonly belt: BeltCourse
  private readonly byStream = new Map<number, PodInlet>()
  private readonly byPlace = new Map<Place, PodInlet>()
  private readonly leftOut = new Set<number>()
  /** Samples whose pod has not said who it is yet, by stream. */
  private readonly nameless = new Map<number, { bytes: Uint8Array; arrivalS: number }[]>()
  private readonly header = emptyHeader()
  private firstS = Number.POSITIVE_INFINITY
  private lastS = Number.NEGATIVE_INFINITY

  /** @throws SettingsError when `info.settings` names what is not there */
  constructor(info: SessionInfo, sink: AnalysisSink) {
    this.info = info
    this.settings = withOverrides(info.settings)
    this.totals = new SessionSummary(this.settings.metrics)
    this.sink = sink
    this.output = new LegOutput(sink, this.totals)
    this.belt = new BeltCourse(info)
    const leg = (side: Side) => new LegAnalysis(side, info, this.belt, this.settings, this.output)
    this.legs = { left: leg('left'), right: leg('right') }
  }

  /** Takes one whole, verified frame with its arrival in session time, s. The bytes are not kept. */
  push(frame: Uint8Array, arrivalS: number): void {
    const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
    const header = readHeader(view, 0, this.header)
    for (const inlet of this.byPlace.values()) if (inlet.release(arrivalS)) this.took(inlet)
    if (header.type === TYPE_HELLO) {
      const hello = readHello(frame.subarray(HEADER_BYTES, HEADER_BYTES + header.payloadBytes))
      if (hello !== null) this.introduce(hello, header.stream, arrivalS)
      return
    }
    const inlet = this.byStream.get(header.stream)
    if (inlet === undefined) {
      if (header.type === TYPE_SAMPLES) this.early(frame, header.stream, arrivalS)
      return
    }
    if (header.type === TYPE_TIME && header.payloadBytes >= TIME_PAYLOAD_BYTES)
      inlet.clock.reply(
        view.getUint32(HEADER_BYTES, true),
        view.getUint32(HEADER_BYTES + 4, true),
        header.timeUs,
        arrivalS,
      )
    else if (header.type === TYPE_HIGH_G) inlet.highGSamples(header, view, arrivalS)
    else if (header.type === TYPE_SAMPLES) {
      inlet.samples(header, view, arrivalS)
      this.took(inlet)
    }
  }

  private introduce(hello: Hello, stream: number, arrivalS: number): void {
    this.hello(hello, stream, arrivalS)
    const early = this.nameless.get(stream) ?? []
    this.nameless.delete(stream)
    for (const frame of early) this.push(frame.bytes, frame.arrivalS)
  }

  private took(inlet: PodInlet): void {
    if (inlet.firstS < this.firstS) this.firstS = inlet.firstS
    if (inlet.lastS > this.lastS) this.lastS = inlet.lastS
    this.legs.left.advance()
    this.legs.right.advance()
  }

  /** The belt's speed for strides that begin then or later, and are given out from now on. */
  changeBelt(change: BeltChange): void {
    this.belt.change(change)
  }

  /** Nothing more will come: gives out what was held back. */
  end(): void {
    for (const stream of [...this.nameless.keys()]) this.leaveOutNameless(stream)
    for (const inlet of this.byPlace.values()) if (inlet.release(Number.POSITIVE_INFINITY)) this.took(inlet)
    for (const side of SIDES) this.legs[side].end()
  }

  get durationS(): number {
    return this.lastS > this.firstS ? this.lastS - this.firstS : 0
  }

  /** Since when a pod has been as still as standing is; `null` while it moves. */
  stillSince(place: Place): number | null {
    return this.legs[sideOf(place)].stillSince(segmentOf(place))
  }

  /** What is wrong with how the pods are worn, as far as the movement tells. */
  faults(): Fault[] {
    const faults = SIDES.flatMap((side) => this.legs[side].faults())
    return this.output.mirrored ? [...faults, { code: 'swapped', side: null }] : faults
  }

  /** Where a leg's segments point at a time of the last seconds, by the strides so far; false when it wears no pod. Changes nothing. */
  pose(side: Side, timeS: number, out: LegPose): boolean {
    return this.legs[side].pose(timeS, out)
  }

  /** Contact of the stance in which `timeS` lies; `null` in the air. */
  standingSince(side: Side, timeS: number): number | null {
    return this.legs[side].standingSince(timeS)
  }

  summary(): AnalysisDocument['summary'] {
    return this.totals.result()
  }

  /** Each pod so far. */
  pods(): Partial<Record<Place, PodReport>> {
    const reports: Partial<Record<Place, PodReport>> = {}
    for (const [place, inlet] of this.byPlace)
      reports[place] = {
        samples: inlet.track.count,
        rateHz: inlet.rateHz,
        lostSamples: inlet.lost,
        clippedSamples: inlet.clipped,
        clockErrorMs: inlet.clockErrorMs,
        alignment: this.alignment(place),
      }
    return reports
  }

  private alignment(place: Place): PodReport['alignment'] {
    const alignment = this.legs[sideOf(place)].alignment(segmentOf(place))
    return alignment && this.output.mirrored ? { ...alignment, qualityPct: 0 } : alignment
  }

  private hello(hello: Hello, stream: number, arrivalS: number): void {
    const { place } = hello
    if (place === null) {
      this.leaveOut(stream, arrivalS, `pod ${hello.id} has not been told where it is worn`)
      return
    }
    const worn = this.byPlace.get(place)
    if (worn?.hello.id === hello.id && worn.sameAs(hello)) {
      if (worn.stream !== stream) {
        this.byStream.delete(worn.stream)
        worn.restart(stream)
        this.byStream.set(stream, worn)
        this.output.note(arrivalS, `${place}: the pod started anew`)
      }
      return
    }
    if (worn !== undefined) {
      worn.release(Number.POSITIVE_INFINITY)
      this.byStream.delete(worn.stream)
      this.output.note(arrivalS, `${place}: now pod ${hello.id}, before it ${worn.hello.id}`)
    }
    this.wear(place, hello, stream)
    if (this.byPlace.get(place)?.isCalibrationDamaged)
      this.output.note(
        arrivalS,
        `${place}: what pod ${hello.id} keeps of its calibration is damaged and not used: footfall pods calibrate`,
      )
  }

  private podById(id: string): PodInlet | undefined {
    return [...this.byPlace.values()].find((inlet) => inlet.hello.id === id)
  }

  private wear(place: Place, hello: Hello, stream: number): void {
    const before = this.byStream.get(stream) ?? this.podById(hello.id)
    if (before !== undefined) {
      this.byStream.delete(before.stream)
      this.byPlace.delete(before.place)
      this.legs[sideOf(before.place)].wear(segmentOf(before.place), null)
    }
    const leg = this.legs[sideOf(place)]
    const segment = segmentOf(place)
    const inlet = new PodInlet(
      place,
      hello,
      stream,
      { ...this.settings.composition, clock: this.settings.clock },
      leg,
    )
    this.byStream.set(stream, inlet)
    this.byPlace.set(place, inlet)
    leg.wear(segment, inlet.track)
    const { left, right } = this.legs
    left.other = right.worn ? right : null
    right.other = left.worn ? left : null
  }

  /** Samples that came before their pod's hello wait for it. */
  private early(frame: Uint8Array, stream: number, arrivalS: number): void {
    if (this.leftOut.has(stream)) return
    const waiting = this.nameless.get(stream) ?? []
    waiting.push({ bytes: frame.slice(), arrivalS })
    this.nameless.set(stream, waiting)
    if (waiting.length > MAX_NAMELESS) this.leaveOutNameless(stream)
  }

  private leaveOutNameless(stream: number): void {
    const arrivalS = this.nameless.get(stream)?.[0]?.arrivalS ?? 0
    this.nameless.delete(stream)
    this.leaveOut(stream, arrivalS, `a pod has not said who it is (stream ${stream})`)
  }

  /** Says once why a stream's samples are not used. */
  private leaveOut(stream: number, arrivalS: number, why: string): void {
    if (this.leftOut.has(stream)) return
    this.leftOut.add(stream)
    this.output.note(arrivalS, `${why}: its samples are left out`)
  }
}
