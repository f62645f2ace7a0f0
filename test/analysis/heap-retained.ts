/**
 * Run as a process of its own by memory.test.ts, with `--expose-gc`: prints what an analysis holds after each two minutes of session when
 * nobody keeps its results. The session is one minute of four virtual pods over and over, each time with later stamps.
 */
import { Analysis } from '../../host/analysis/analysis.ts'
import { emptyHeader, HEADER_BYTES, readHeader, TYPE_SAMPLES, TYPE_TIME } from '../../shared/frame.ts'
import { type StampedFrame, streamedFrames } from '../bench/stream.ts'
import { info } from '../session/sessions.ts'

const MINUTES = 12
const MINUTE_S = 60

const frames = await streamedFrames(MINUTE_S)
const samplesOf = new Map<number, number>()
const header = emptyHeader()
const read = (bytes: Uint8Array) => readHeader(new DataView(bytes.buffer, bytes.byteOffset), 0, header)
for (const { bytes } of frames)
  if (read(bytes).type === TYPE_SAMPLES) samplesOf.set(header.stream, header.firstSample + header.count)

/** The same frame so many minutes later; nobody behind the decoder looks at its checksum. */
function later({ bytes, arrivalS }: StampedFrame, minutes: number): StampedFrame {
  const moved = bytes.slice()
  const view = new DataView(moved.buffer)
  const { type, stream, timeUs, firstSample } = read(moved)
  const us = minutes * MINUTE_S * 1e6
  view.setUint32(16, timeUs + us, true)
  view.setUint32(20, firstSample + minutes * (samplesOf.get(stream) ?? 0), true)
  if (type === TYPE_TIME)
    for (const at of [HEADER_BYTES, HEADER_BYTES + 4]) view.setUint32(at, view.getUint32(at, true) + us, true)
  return { bytes: moved, arrivalS: arrivalS + minutes * MINUTE_S }
}

let strides = 0
const analysis = new Analysis(info, {
  event: () => {},
  stance: () => {},
  stride: () => {
    strides++
  },
})
const heldBytes: number[] = []
for (let minute = 0; minute < MINUTES; minute++) {
  for (const frame of frames) {
    const { bytes, arrivalS } = later(frame, minute)
    analysis.push(bytes, arrivalS)
  }
  if (minute % 2 === 0) continue
  globalThis.gc!()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  heldBytes.push(heapUsed + arrayBuffers)
}
process.stdout.write(JSON.stringify({ heldBytes, strides, durationS: analysis.durationS }))
