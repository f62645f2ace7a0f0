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
import type { Board } from './boards/board.ts'
import type { EspruinoE, GetTime } from './espruino.d.ts'
import { FIFO_DATA } from './lsm6ds3trc.ts'
import { settings } from './settings.ts'

declare const E: EspruinoE
declare const getTime: GetTime

const BYTES_PER_SAMPLE = 12
/** Pod number of a pod that has not been told its place. */
const NO_PLACE = 255

/** A frame's memory, seen as words and, without the CRC, as bytes. */
export interface Slot {
  words: Uint32Array
  body: Uint8Array
}

/**
 * All that a drain needs, in one object that is handed on. The interpreter finds a global by going through all of them, about 0.3 ms
 * each time on an nRF52; a parameter's property is found at once.
 */
export interface Stream {
  read: Board['read']
  port: Board['port']
  /** The last frames, each where its sequence number says; samples only. */
  ring: Slot[]
  sequence: number
  /** Index of the next sample in the stream. */
  nextSample: number
  /** Samples in a frame, their bytes, and the index of the word behind them. */
  batch: number
  batchBytes: number
  crcWord: number
  /** The constant words of a samples frame. */
  word0: number
  word1: number
  /** Drawn anew at each start. */
  id: number
  /** FLAG_BREAK when samples were lost before the next frame, else 0. */
  breakFlag: number
}

export const stream: Stream = {
  read: board.read,
  port: board.port,
  ring: [],
  sequence: 0,
  nextSample: 0,
  batch: 0,
  batchBytes: 0,
  crcWord: 0,
  word0: 0,
  word1: 0,
  id: 0,
  breakFlag: 0,
}

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
export function beginStream(batch: number): void {
  if (batch !== stream.batch) {
    stream.batch = batch
    stream.batchBytes = batch * BYTES_PER_SAMPLE
    stream.crcWord = (HEADER_BYTES + stream.batchBytes) >> 2
    stream.ring = []
    for (let i = 0; i < board.ring; i++) stream.ring.push(newSlot(stream.batchBytes))
  }
  stream.id = E.hwRand() >>> 0
  stream.sequence = 0
  stream.nextSample = 0
  stream.breakFlag = 0
  numberFrames()
}

/** The constant words of a samples frame. To be called when the place has changed. */
export function numberFrames(): void {
  stream.word0 = headerWord0(TYPE_SAMPLES, podNumber())
  stream.word1 = headerWord1(stream.batchBytes, stream.batch, 0)
}

/**
 * Moves one batch from the IMU into a frame and out of the port. Native calls only: nothing here runs once a byte or a sample.
 * @param timeUs device time when the FIFO level was read
 * @param backlog samples that level had behind this batch
 */
export function sendSamples(to: Stream, timeUs: number, backlog: number): void {
  'ram'
  const bytes = to.read(FIFO_DATA, to.batchBytes)
  const slot = to.ring[to.sequence % to.ring.length]!
  const words = slot.words
  words[0] = to.word0
  words[1] = to.word1 | ((to.breakFlag | (backlog > FLAG_BACKLOG ? FLAG_BACKLOG : backlog)) << 24)
  words[2] = to.id
  words[3] = to.sequence
  words[4] = timeUs
  words[5] = to.nextSample
  slot.body.set(bytes, HEADER_BYTES)
  words[to.crcWord] = E.CRC32(slot.body)
  to.sequence++
  to.nextSample += to.batch
  to.breakFlag = 0
  to.port.write(words.buffer)
}

/** Sends any other frame. Such frames are rare; their memory is made for them, and the ring does not keep them. */
export function sendFrame(type: number, payload: Uint8Array): void {
  const slot = newSlot(payload.length)
  const words = slot.words
  words[0] = headerWord0(type, podNumber())
  words[1] = headerWord1(payload.length, 0, 0)
  words[2] = stream.id
  words[3] = stream.sequence
  words[4] = deviceTimeUs()
  words[5] = stream.nextSample
  slot.body.set(payload, HEADER_BYTES)
  words[words.length - 1] = E.CRC32(slot.body)
  stream.sequence++
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
  const words = stream.ring[number % stream.ring.length]!.words
  if (!words[0] || words[2] !== ofStream || words[3] !== number) return false
  board.port.write(words.buffer)
  return true
}
