import {
  CRC_BYTES,
  FLAG_BACKLOG,
  HEADER_BYTES,
  headerWord0,
  headerWord1,
  TYPE_SAMPLES,
} from '../../shared/frame.ts'
import { PLACES } from '../../shared/places.ts'
import { board } from './board.ts'
import type { EspruinoE, GetTime } from './espruino.d.ts'
import { FIFO_DATA } from './lsm6ds3trc.ts'
import { settings } from './settings.ts'

declare const E: EspruinoE
declare const getTime: GetTime

const BYTES_PER_SAMPLE = 12
/** Pod number of a pod that has not been told its place. */
const NO_PLACE = 255

/** A frame's memory, seen as words and, without the CRC, as bytes. */
interface Slot {
  words: Uint32Array
  body: Uint8Array
}

/** The last frames, each where its sequence number says; samples only. */
let ring: Slot[] = []
let stream = 0
let sequence = 0
/** Index of the next sample in the stream. */
let nextSample = 0
let batch = 0
let batchBytes = 0
let crcWord = 0
let samplesWord0 = 0
let samplesWord1 = 0

function newSlot(payloadBytes: number): Slot {
  const words = new Uint32Array((HEADER_BYTES + payloadBytes + CRC_BYTES) >> 2)
  return { words, body: new Uint8Array(words.buffer, 0, HEADER_BYTES + payloadBytes) }
}

/** Places number the pods, so that several can share a port. */
function podNumber(): number {
  return settings.place ? PLACES.indexOf(settings.place) : NO_PLACE
}

/** Device time in µs. Stored in a word it is that modulo 2^32. */
export function deviceTimeUs(): number {
  return getTime() * 1e6
}

/** Draws a stream number and counts from 0 again. Memory for the ring is taken here and never while samples flow. */
export function beginStream(samplesPerFrame: number): void {
  if (samplesPerFrame !== batch) {
    batch = samplesPerFrame
    batchBytes = batch * BYTES_PER_SAMPLE
    crcWord = (HEADER_BYTES + batchBytes) >> 2
    ring = []
    for (let i = 0; i < board.ring; i++) ring.push(newSlot(batchBytes))
  }
  stream = E.hwRand() >>> 0
  sequence = 0
  nextSample = 0
  numberFrames()
}

/** The constant words of a samples frame. To be called when the place has changed. */
export function numberFrames(): void {
  samplesWord0 = headerWord0(TYPE_SAMPLES, podNumber())
  samplesWord1 = headerWord1(batchBytes, batch, 0)
}

/**
 * Moves one batch from the IMU into a frame and out of the port. Native calls only: nothing here runs once a byte or a sample.
 * @param timeUs device time when the FIFO level was read
 * @param backlog samples that level had behind this batch
 * @param breakFlag FLAG_BREAK, or 0
 */
export function sendSamples(timeUs: number, backlog: number, breakFlag: number): void {
  'ram'
  const bytes = board.read(FIFO_DATA, batchBytes)
  const slot = ring[sequence % ring.length]!
  const words = slot.words
  words[0] = samplesWord0
  words[1] = samplesWord1 | ((breakFlag | Math.min(backlog, FLAG_BACKLOG)) << 24)
  words[2] = stream
  words[3] = sequence
  words[4] = timeUs
  words[5] = nextSample
  slot.body.set(bytes, HEADER_BYTES)
  words[crcWord] = E.CRC32(slot.body)
  sequence++
  nextSample += batch
  board.port.write(words.buffer)
}

/** Sends any other frame. Such frames are rare; their memory is made for them, and the ring does not keep them. */
export function sendFrame(type: number, payload: Uint8Array): void {
  const slot = newSlot(payload.length)
  const words = slot.words
  words[0] = headerWord0(type, podNumber())
  words[1] = headerWord1(payload.length, 0, 0)
  words[2] = stream
  words[3] = sequence
  words[4] = deviceTimeUs()
  words[5] = nextSample
  slot.body.set(payload, HEADER_BYTES)
  words[words.length - 1] = E.CRC32(slot.body)
  sequence++
  board.port.write(words.buffer)
}

/** A message as JSON, padded to whole words. */
export function sendMessage(type: number, message: object): void {
  let text = JSON.stringify(message)
  while (text.length & 3) text += ' '
  sendFrame(type, E.toUint8Array(text))
}

/** Sends a frame of the ring once more, byte for byte; false when the ring has it no longer. */
export function sendAgain(ofStream: number, number: number): boolean {
  const words = ring[number % ring.length]!.words
  if (!words[0] || words[2] !== ofStream || words[3] !== number) return false
  board.port.write(words.buffer)
  return true
}
