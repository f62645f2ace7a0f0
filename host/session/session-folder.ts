import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { encodeFrame, type FrameHeader, TYPE_HELLO, TYPE_SAMPLES } from '../../shared/frame.ts'
import { IMUS } from '../../shared/imu.ts'
import type { Hello } from '../../shared/messages.ts'
import { toMicros } from '../../shared/micros.ts'
import type { SessionInfo } from '../analysis/session-info.ts'
import { readCsv } from './csv-rows.ts'
import { InputError } from './input-error.ts'
import { RateCheck } from './rate-check.ts'
import { type FolderPod, readSessionJson } from './session-json.ts'
import type { SessionFrame, SessionSource } from './source.ts'
import { UnitCheck } from './unit-check.ts'

const COLUMNS = ['t', 'ax', 'ay', 'az', 'gx', 'gy', 'gz']
const BATCH = 16
const SAMPLE_BYTES = IMUS['si-float32'].bytesPerSample

/**
 * Opens a `session-folder/1` (`docs/session-folder.md`) as the frames it stands for (`docs/protocol.md`, section 5). Every row of every file
 * has been checked when it returns; the rows are read again, piece by piece, for the frames.
 * @throws InputError naming the file, the line and the remedy
 */
export async function openFolder(folder: string): Promise<SessionSource> {
  const { info, pods } = await readSessionJson(folder)
  const checked: CheckedPod[] = []
  for (const pod of pods) checked.push(await check(folder, pod))
  const durationS = Math.max(...checked.map((pod) => pod.endS))
  checkStanding(folder, info, Math.min(...checked.map((pod) => pod.startS)), durationS)
  return { info, marks: [], durationS, frames: (_, __, skip) => without(skip, mergedFrames(checked, info)) }
}

function checkStanding(folder: string, { standing }: SessionInfo, startS: number, endS: number): void {
  if (standing !== null && (standing.fromS < startS || standing.toS > endS))
    throw new InputError(
      join(folder, 'session.json'),
      null,
      `calibration.standing is from ${standing.fromS} to ${standing.toS} s, but the data from ${startS} to ${endS} s; correct it or leave it out`,
    )
}

interface CheckedPod extends FolderPod {
  path: string
  trueRateHz: number
  startS: number
  endS: number
}

/** One pass over a pod's file: everything that can be wrong with it, and its rate. */
async function check(folder: string, pod: FolderPod): Promise<CheckedPod> {
  const path = join(folder, pod.file)
  const units = new UnitCheck(path)
  let lastS = Number.NaN
  let samples = 0
  const rate = new RateCheck(path)
  let startS = Number.NaN
  for await (const { values, rows, lines } of readCsv(path, COLUMNS))
    for (let row = 0; row < rows; row++) {
      const t = values[7 * row]!
      checkTime(path, lines[row]!, t, lastS)
      if (samples > 0) rate.take(t - lastS)
      else startS = t
      units.take(values, 7 * row, lines[row]!)
      lastS = t
      samples++
    }
  if (samples < 2) throw new InputError(path, null, `${samples} samples; a pod's file needs two at least`)
  // times first: units are judged by stretches of time
  const trueRateHz = rate.end(pod.rateHz)
  units.end()
  return { ...pod, path, startS, endS: lastS, trueRateHz }
}

function checkTime(path: string, line: number, t: number, lastS: number): void {
  if (t < 0)
    throw new InputError(
      path,
      line,
      `t is ${t} s; session time begins at 0, add a constant to the t of all files`,
    )
  if (t <= lastS)
    throw new InputError(
      path,
      line,
      t === lastS
        ? `t repeats ${t} s; every row needs its own time`
        : `t goes back from ${lastS} to ${t} s; rows must be in order of time`,
    )
  if (Math.round(t * 1e6) <= Math.round(lastS * 1e6))
    throw new InputError(path, line, `t is less than a microsecond after the row before; is it in seconds?`)
}

/** Hellos first, then all pods' frames in the order they would have arrived: when their last sample was taken. */
/** The rows of what is left out are read all the same. */
async function* without(skip = 0, frames: AsyncGenerator<SessionFrame>): AsyncGenerator<SessionFrame> {
  let n = 0
  for await (const frame of frames) if (n++ >= skip) yield frame
}

async function* mergedFrames(pods: CheckedPod[], info: SessionInfo): AsyncGenerator<SessionFrame> {
  const queues = pods.map((pod, i) => ({
    pod,
    i,
    frames: podFrames(pod, i + 1),
    head: null as SessionFrame | null,
  }))
  try {
    for (const queue of queues) queue.head = (await queue.frames.next()).value ?? null
    const firstS = Math.min(...queues.map(({ head }) => head?.arrivalS ?? Number.POSITIVE_INFINITY))
    for (const { pod, i } of queues) yield { bytes: helloFrame(pod, i + 1, info), arrivalS: firstS }
    for (;;) {
      let next = queues[0]!
      for (const queue of queues)
        if (
          (queue.head?.arrivalS ?? Number.POSITIVE_INFINITY) <
          (next.head?.arrivalS ?? Number.POSITIVE_INFINITY)
        )
          next = queue
      if (next.head === null) return
      yield next.head
      next.head = (await next.frames.next()).value ?? null
    }
  } finally {
    // who needs no more of it lets go of its files
    for (const { frames } of queues) await frames.return(undefined)
  }
}

/** Session time as µs modulo 2^32. */

const emptyHeader = { pod: 0, count: 0, flags: 0, sequence: 0, timeUs: 0, firstSample: 0 }

function helloFrame(pod: CheckedPod, number: number, info: SessionInfo): Uint8Array {
  const hello: Hello = {
    id: `${info.id}/${pod.place}`,
    fw: 'import',
    board: 'import',
    imu: 'si-float32',
    place: pod.place,
    rateHz: pod.trueRateHz,
    accelG: pod.accelRangeG ?? 0,
    gyroDps: pod.gyroRangeDegPerS ?? 0,
    batch: BATCH,
    ring: 0,
    streaming: true,
    clock: 'session',
  }
  // ASCII on the wire: what is not, is escaped
  const text = JSON.stringify(hello).replace(
    /[^ -~]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const payload = Buffer.from(text.padEnd(Math.ceil(text.length / 4) * 4), 'ascii')
  return encodeFrame({ ...emptyHeader, type: TYPE_HELLO, pod: number, stream: number }, payload, crc32)
}

async function* podFrames(pod: CheckedPod, number: number): AsyncGenerator<SessionFrame> {
  const payload = new Uint8Array(BATCH * SAMPLE_BYTES)
  const view = new DataView(payload.buffer)
  const header: Omit<FrameHeader, 'payloadBytes'> = {
    ...emptyHeader,
    type: TYPE_SAMPLES,
    pod: number,
    stream: number,
    sequence: 1,
  }
  let lastS = 0
  const flush = (): SessionFrame => {
    header.timeUs = toMicros(lastS)
    const bytes = encodeFrame(header, payload.subarray(0, header.count * SAMPLE_BYTES), crc32)
    header.sequence++
    header.firstSample += header.count
    header.count = 0
    return { bytes, arrivalS: Math.round(lastS * 1e6) / 1e6 }
  }
  for await (const { values, rows } of readCsv(pod.path, COLUMNS))
    for (let row = 0; row < rows; row++) {
      lastS = values[7 * row]!
      const at = header.count * SAMPLE_BYTES
      view.setUint32(at, toMicros(lastS), true)
      for (let i = 0; i < 6; i++) view.setFloat32(at + 4 + 4 * i, values[7 * row + 1 + i]!, true)
      header.count++
      if (header.count === BATCH) yield flush()
    }
  if (header.count > 0) yield flush()
}
