import { crc32 } from 'node:zlib'
import type { WornImu } from '../../firmware/virtual/worn.ts'
import { Analysis } from '../../host/analysis/analysis.ts'
import type { Landing, PodReport, Stride } from '../../host/analysis/document.ts'
import { emptyHeader, encodeFrame, TYPE_HELLO, TYPE_SAMPLES } from '../../shared/frame.ts'
import { IMUS } from '../../shared/imu.ts'
import type { Hello } from '../../shared/messages.ts'
import { toMicros } from '../../shared/micros.ts'
import { PLACES, type Place } from '../../shared/places.ts'
import { bareInfo } from '../shared/session-info.ts'

export interface WornSession {
  notes: { timeS: number; text: string }[]
  strides: Stride[]
  /** `toldS`: session time of the frame that completed it. */
  landings: (Landing & { toldS: number })[]
  pods: Partial<Record<Place, PodReport>>
}

const BATCH = 16
const SAMPLE_BYTES = IMUS['si-float32'].bytesPerSample

interface Worn {
  fromS?: number
  toS: number
  rateHz?: number
  /** Whether what a pod measured then is missing. */
  isLost?: (place: Place, timeS: number) => boolean
}

/** What the analysis makes of pods worn from `fromS` to `toS`; ±32 g, no clock error, frames as they would arrive. */
export function wornSession(
  pods: Partial<Record<Place, WornImu>>,
  { fromS = 0, toS, rateHz = 416, isLost = () => false }: Worn,
): WornSession {
  const session: WornSession = { notes: [], strides: [], landings: [], pods: {} }
  let arrivalS = fromS
  const analysis = new Analysis(
    {
      ...bareInfo,
      id: 'worn',
      activity: null,
    },
    {
      stride: (stride) => session.strides.push(stride),
      landing: (landing) => session.landings.push({ ...landing, toldS: arrivalS }),
      note: (timeS, text) => session.notes.push({ timeS, text }),
    },
  )
  const places = PLACES.filter((place) => pods[place] !== undefined)
  for (const [i, place] of places.entries()) analysis.push(helloFrame(place, i + 1, rateHz), fromS)
  const sample = new Float64Array(6)
  const payload = new Uint8Array(BATCH * SAMPLE_BYTES)
  const view = new DataView(payload.buffer)
  for (let first = 0; fromS + (first + BATCH) / rateHz < toS; first += BATCH)
    for (const [i, place] of places.entries()) {
      let timeS = 0
      let count = 0
      for (let k = 0; k < BATCH; k++) {
        timeS = fromS + (first + k + 0.2 * i) / rateHz
        if (isLost(place, timeS)) continue
        pods[place]!.sampleAt(timeS, sample)
        const at = SAMPLE_BYTES * count++
        view.setUint32(at, toMicros(timeS), true)
        for (let axis = 0; axis < 6; axis++) view.setFloat32(at + 4 + 4 * axis, sample[axis]!, true)
      }
      if (count === 0) continue
      const header = {
        ...emptyHeader(),
        type: TYPE_SAMPLES,
        pod: i + 1,
        stream: i + 1,
        count,
        sequence: 1 + first / BATCH,
        firstSample: first,
        timeUs: toMicros(timeS),
      }
      arrivalS = timeS
      analysis.push(encodeFrame(header, payload.subarray(0, SAMPLE_BYTES * count), crc32), timeS)
    }
  analysis.end()
  session.pods = analysis.pods()
  return session
}

function helloFrame(place: Place, stream: number, rateHz: number): Uint8Array {
  const hello: Hello = {
    id: place,
    fw: 'test',
    board: 'test',
    imu: 'si-float32',
    place,
    rateHz,
    accelG: 32,
    gyroDps: 0,
    batch: BATCH,
    ring: 0,
    streaming: true,
    clock: 'session',
  }
  const text = JSON.stringify(hello)
  const payload = Buffer.from(text.padEnd(Math.ceil(text.length / 4) * 4))
  return encodeFrame({ ...emptyHeader(), type: TYPE_HELLO, pod: stream, stream }, payload, crc32)
}
