import { crc32 } from 'node:zlib'
import { type BoardName, buildFirmware } from '../../firmware/build/build.ts'
import { VirtualBinding } from '../../firmware/virtual/binding.ts'
import { CHAOS_KINDS, type ChaosKind, type ChaosOptions, ChaosWire } from '../../firmware/virtual/chaos.ts'
import { VirtualPod } from '../../firmware/virtual/pod.ts'
import { Analysis } from '../../host/analysis/analysis.ts'
import type { SessionInfo } from '../../host/analysis/session-info.ts'
import { FrameDecoder } from '../../host/link/decoder.ts'
import { GAP_CAUSES, type Gap, type GapCause } from '../../host/link/hole.ts'
import type { PodLink } from '../../host/link/pod-link.ts'
import { findPods } from '../../host/link/ports.ts'
import { emptyHeader, FLAG_BREAK, readHeader, TYPE_SAMPLES } from '../../shared/frame.ts'
import { GRAVITY } from '../../shared/imu.ts'
import { PLACES, type Place } from '../../shared/places.ts'
import { bareInfo } from '../shared/session-info.ts'
import { VirtualTime } from './virtual-time.ts'

const STEP_S = 0.01
/** Time for pods to be found, started and, at the end, for what is missing to come. */
const LEAD_S = 3
const FILL_S = 5
/** Nothing is done in the last seconds: a pod that booted must have been heard again. */
const QUIET_S = 8

/** What is done to a session of pods on bad wires. Times are of the session, s; `everyS` begins at its own length. */
export interface ChaosPlan {
  name: string
  says: string
  board?: BoardName
  rateHz?: number
  places?: readonly Place[]
  wire?: Omit<ChaosOptions, 'seed'>
  unplug?: { everyS: number; forS: number }
  stall?: { everyS: number; forS: number }
  /** The host does nothing, and its receivers keep what they can. */
  busy?: { everyS: number; forS: number }
  /** The pod's interpreter does nothing. */
  hang?: { everyS: number; forS: number }
  resetEveryS?: number
  brownOutEveryS?: number
}

export interface StampedFrame {
  bytes: Uint8Array
  arrivalS: number
}

export interface ChaosResult {
  plan: ChaosPlan
  seconds: number
  injected: Partial<Record<ChaosKind | 'unplugs' | 'host busy' | 'resets' | 'pod hangs', number>>
  /** Samples the pods put into frames; those that reached the host, each counted once. */
  sent: number
  received: number
  /** Frames that came when asked for again. */
  recovered: number
  /** Samples told as lost, by cause; times a cause was told without a count. */
  told: Record<GapCause, number>
  uncounted: Partial<Record<GapCause, number>>
  /** Samples that neither came nor were told, of streams that did not end in a reset. */
  untold: number
  /** Samples at the end of streams that a reset ended, all told as such. */
  endedByReset: number
  /** Streams that broke off: a pod booted while it streamed. */
  brokenOff: number
  /** Those of them that were not told. */
  resetsUntold: number
  /** FIFO overruns the pods flagged. */
  breaks: number
  /** Frames whose bytes differ from what the pod had sent first, or that were passed on twice. */
  wrong: number
  /** Samples that the analysis took, and that it counted as lost. */
  analysed: number
  analysedLost: number
}

/** One stream as its pod sent it, and what of it reached the host. */
interface Stream {
  pod: number
  sent: Map<number, { crc: number; count: number }>
  received: Set<number>
  newest: number
}

/** Counts samples in gyro x: neighbours differ, so a mixed-up one shows. */
const counting = {
  sampleAt(timeS: number, out: Float64Array): void {
    out.fill(0)
    out[2] = GRAVITY
    out[3] = 0.01 * (Math.round(timeS * 416) % 3000)
  },
}

const info: SessionInfo = {
  ...bareInfo,
  id: 'chaos',
}

/**
 * So many seconds of virtual pods running the firmware on bad wires, read by the host's own link from ports to analysis, all in virtual
 * time. @param onFrame sees what a recording would hold
 */
export async function chaosRun(
  plan: ChaosPlan,
  seconds: number,
  seed: number,
  onFrame: (frame: StampedFrame) => void = () => {},
): Promise<ChaosResult> {
  const { code } = await buildFirmware(plan.board ?? 'xiao-nrf52840-sense')
  const places = plan.places ?? PLACES
  const pods = places.map((place, i) => newPod(plan, code, place, i, seed))
  const wires = pods.map((pod, i) => new ChaosWire(pod, { ...plan.wire, seed: 1000 * seed + i }))
  const streams = new Map<number, Stream>()
  const counts = { breaks: 0, wrong: 0, recovered: 0, unplugs: 0, busy: 0, resets: 0, hangs: 0 }
  for (const [i, pod] of pods.entries()) tap(pod, i, streams, counts)
  const path = (i: number) => `/virtual/${i}`
  const binding = new VirtualBinding(Object.fromEntries(wires.map((wire, i) => [path(i), wire])))
  const time = new VirtualTime()
  const analysis = new Analysis(info, {})
  const gaps: Gap[] = []
  const links = new Set<PodLink>()
  let ending = false
  const read = emptyHeader()
  const subscription = findPods({ binding, clock: time.clock, log: () => {} }).subscribe((link) => {
    links.add(link)
    link.gaps.subscribe((gap) => gaps.push(gap))
    link.resets.subscribe(() => void link.start().catch(() => {}))
    link.frames.subscribe({
      next: ({ bytes, arrivalS }) => {
        const { type, stream, firstSample } = readHeader(
          new DataView(bytes.buffer, bytes.byteOffset),
          0,
          read,
        )
        const own = streams.get(stream)
        if (type === TYPE_SAMPLES && own) {
          const twice = own.received.has(firstSample)
          if (twice || own.sent.get(firstSample)?.crc !== crc32(bytes)) counts.wrong++
          if (firstSample < own.newest) counts.recovered++
          own.newest = Math.max(own.newest, firstSample)
          own.received.add(firstSample)
        }
        onFrame({ bytes, arrivalS })
        analysis.push(bytes, arrivalS)
      },
      complete: () => void links.delete(link),
    })
    const streaming = [...link.hellos.values()].some((hello) => hello.streaming)
    if (!streaming && !ending) void link.start().catch(() => {})
  })
  let busyUntilS = 0
  for (let step = 1; step * STEP_S <= LEAD_S + seconds + FILL_S; step++) {
    const nowS = step * STEP_S
    const sessionS = nowS - LEAD_S
    if (sessionS > 0 && sessionS <= seconds - QUIET_S - (plan.unplug?.forS ?? 0)) {
      const due = (everyS: number | undefined, k: number) => isDue(everyS, sessionS, k, places.length)
      wires.forEach((wire, k) => {
        if (due(plan.brownOutEveryS, k)) wire.brownOut()
        if (due(plan.stall?.everyS, k)) wire.stall(nowS + plan.stall!.forS)
        if (due(plan.resetEveryS, k)) {
          counts.resets++
          pods[k]!.powerCycle()
        }
        if (due(plan.hang?.everyS, k)) {
          counts.hangs++
          pods[k]!.machine.stall(plan.hang!.forS)
        }
        if (due(plan.unplug?.everyS, k)) {
          counts.unplugs++
          binding.unplug(path(k))
          time.clock.after(plan.unplug!.forS * 1e3, () => binding.replug(path(k)))
        }
      })
      if (isDue(plan.busy?.everyS, sessionS, 0, 1)) {
        counts.busy++
        busyUntilS = nowS + plan.busy!.forS
        for (const wire of wires) wire.neglect(busyUntilS)
      }
    }
    if (!ending && sessionS > seconds) {
      ending = true
      for (const link of links) void link.command('stop').catch(() => {})
    }
    for (const wire of wires) wire.advanceTo(nowS)
    if (nowS < busyUntilS) time.pass(nowS)
    else time.advanceTo(nowS)
    await turn()
    await turn()
  }
  subscription.unsubscribe()
  analysis.end()
  return { plan, seconds, ...summary(wires, streams, gaps, analysis, counts) }
}

function newPod(plan: ChaosPlan, code: string, place: Place, i: number, seed: number): VirtualPod {
  const pod = new VirtualPod({
    board: plan.board ?? 'xiao-nrf52840-sense',
    code,
    worn: counting,
    id: `virtual-${i}`,
    place,
    seed: 10 * seed + i,
    oscillatorPpm: 20 * i - 30,
    odrError: 0.01 * i - 0.015,
  })
  if (plan.rateHz) pod.machine.storage.set('footfall.json', JSON.stringify({ place, rateHz: plan.rateHz }))
  if (plan.rateHz) {
    pod.powerCycle()
    pod.advanceTo(pod.timeS + 4)
  }
  return pod
}

/** Listens at the pod itself, before the wire. */
function tap(
  pod: VirtualPod,
  i: number,
  streams: Map<number, Stream>,
  counts: { breaks: number; wrong: number },
): void {
  const header = emptyHeader()
  const decoder = new FrameDecoder((bytes) => {
    const { type, stream, firstSample, count, flags } = readHeader(
      new DataView(bytes.buffer, bytes.byteOffset),
      0,
      header,
    )
    if (type !== TYPE_SAMPLES) return
    const own = streams.get(stream) ?? { pod: i, sent: new Map(), received: new Set<number>(), newest: -1 }
    streams.set(stream, own)
    const crc = crc32(bytes)
    const before = own.sent.get(firstSample)
    if (before && before.crc !== crc) counts.wrong++
    if (before) return
    own.sent.set(firstSample, { crc, count })
    if (flags & FLAG_BREAK) counts.breaks++
  })
  pod.onBytes((bytes) => decoder.push(bytes))
}

function summary(
  wires: ChaosWire[],
  streams: Map<number, Stream>,
  gaps: Gap[],
  analysis: Analysis,
  counts: {
    breaks: number
    wrong: number
    recovered: number
    unplugs: number
    busy: number
    resets: number
    hangs: number
  },
): Omit<ChaosResult, 'plan' | 'seconds'> {
  const told = Object.fromEntries(GAP_CAUSES.map((cause) => [cause, 0])) as Record<GapCause, number>
  const uncounted: Partial<Record<GapCause, number>> = {}
  for (const { cause, samples } of gaps)
    if (samples === null) uncounted[cause] = (uncounted[cause] ?? 0) + 1
    else told[cause] += samples
  let [sent, received, missing, endedByReset] = [0, 0, 0, 0]
  const last = new Map([...streams].map(([number, { pod }]) => [pod, number]))
  for (const [number, stream] of streams) {
    for (const [firstSample, { count }] of stream.sent) {
      sent += count
      if (stream.received.has(firstSample)) received += count
      else if (last.get(stream.pod) !== number && firstSample > stream.newest) endedByReset += count
      else missing += count
    }
  }
  const pods = Object.values(analysis.pods())
  const injected: ChaosResult['injected'] = {
    unplugs: counts.unplugs,
    'host busy': counts.busy,
    resets: counts.resets,
    'pod hangs': counts.hangs,
  }
  for (const kind of CHAOS_KINDS) injected[kind] = sum(wires.map((wire) => wire.injected[kind]))
  const brokenOff = [...streams.values()].filter(({ sent: frames }) => frames.size > 0).length - wires.length
  const onTheWay = told.unplugged + told['bit errors'] + told['host busy'] + told['lost on the way']
  return {
    injected,
    sent,
    received,
    recovered: counts.recovered,
    told,
    uncounted,
    untold: missing - onTheWay,
    endedByReset,
    brokenOff,
    resetsUntold: brokenOff - (uncounted['pod reset'] ?? 0),
    breaks: counts.breaks,
    wrong: counts.wrong,
    analysed: sum(pods.map(({ samples }) => samples)),
    analysedLost: sum(pods.map(({ lostSamples }) => lostSamples)),
  }
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Whether something that happens every so often happens in this step; each pod has its own moment. */
function isDue(everyS: number | undefined, sessionS: number, k: number, n: number): boolean {
  if (everyS === undefined) return false
  const shiftedS = sessionS - (everyS * k) / n
  return Math.floor(shiftedS / everyS) > Math.floor((shiftedS - STEP_S) / everyS) && shiftedS >= everyS
}
