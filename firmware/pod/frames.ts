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
import { hotRead, read } from './bus.ts'
import type { EspruinoE, GetTime, SerialDevice, SetTimer } from './espruino.d.ts'
import { BURST, FIFO_DATA, isInStep, SAMPLE_BYTES } from './imu.ts'
import { settings } from './settings.ts'

declare const E: EspruinoE
declare const getTime: GetTime
declare const setTimeout: SetTimer

/** Bytes of one burst read: what every frame's payload is one or two of. */
const BURST_BYTES = BURST * SAMPLE_BYTES
/** Pod number of a pod that has not been told its place. */
const NO_PLACE = 255

/** A frame's memory, seen as words and, without the CRC, as bytes. */
export interface Slot {
  words: Uint32Array
  body: Uint8Array
}

/** A FIFO whose bytes go into frames of a type of their own. */
export interface Source {
  type: number
  read(register: number, count: number): Uint8Array
  register: number
  /** A burst begins with a whole sample. `null`: that is known before it is read. */
  isInStep: ((bytes: Uint8Array) => boolean) | null
  /** Samples in a frame. */
  batch: number
  /** Index of the next sample in the stream. */
  nextSample: number
  /** FLAG_BREAK when samples were lost before the next frame, else 0. */
  breakFlag: number
  /** The constant words of its frames. */
  word0: number
  word1: number
}

/**
 * All that a drain needs, in one object that is handed on. The interpreter finds a global by going through all of them, about 0.3 ms
 * each time on an nRF52; a parameter's property is found at once.
 */
export interface Stream {
  port: SerialDevice
  crc32(bytes: Uint8Array): number
  getTime: GetTime
  setTimeout: SetTimer
  imu: Source
  /** The last frames, each where its sequence number says; samples only. */
  ring: Slot[]
  sequence: number
  /** Index of the word behind a frame's payload, and the byte behind it. */
  crcWord: number
  endByte: number
  /** Drawn anew at each start. */
  id: number
  /** Nominal period of the IMU's samples. */
  sampleMs: number
  /** The drain's next turn; 0 when samples do not flow. */
  turn: number
}

export function newSource(
  type: number,
  readBytes: Source['read'],
  register: number,
  inStep: Source['isInStep'],
): Source {
  return {
    type,
    read: readBytes,
    register,
    isInStep: inStep,
    batch: 0,
    nextSample: 0,
    breakFlag: 0,
    word0: 0,
    word1: 0,
  }
}

export const stream: Stream = {
  port: board.port,
  crc32: E.CRC32,
  getTime,
  setTimeout,
  imu: newSource(TYPE_SAMPLES, read, FIFO_DATA, isInStep),
  ring: [],
  sequence: 0,
  crcWord: 0,
  endByte: 0,
  id: 0,
  sampleMs: 0,
  turn: 0,
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

/** The source counts from 0, and its frames are as long as the stream's. */
export function beginSource(source: Source, sampleBytes: number): void {
  source.batch = (stream.endByte - HEADER_BYTES) / sampleBytes
  source.nextSample = 0
  source.breakFlag = 0
  numberFrames(source)
}

/** The constant words of its frames. To be called when the place has changed. */
export function numberFrames(source: Source): void {
  source.word0 = headerWord0(source.type, podNumber())
  source.word1 = headerWord1(stream.endByte - HEADER_BYTES, source.batch, 0)
}

/**
 * Draws a stream number and counts from 0 again. Memory for the ring is taken here and never while samples flow; it is the same
 * whether frames hold one burst or two.
 */
export function beginStream(bursts: number): void {
  const payloadBytes = bursts * BURST_BYTES
  const endByte = HEADER_BYTES + payloadBytes
  if (endByte !== stream.endByte) {
    stream.endByte = endByte
    stream.crcWord = endByte >> 2
    stream.ring = []
    for (let i = 0; i < board.ring; i += bursts) stream.ring.push(newSlot(payloadBytes))
  }
  stream.id = E.hwRand() >>> 0
  // A frame's stream number is written here and not with every frame; one that was not sent in this stream cannot be asked for.
  for (let i = 0; i < stream.ring.length; i++) {
    stream.ring[i]!.words[0] = 0
    stream.ring[i]!.words[2] = stream.id
  }
  stream.sequence = 0
  stream.imu.read = hotRead()
  beginSource(stream.imu, SAMPLE_BYTES)
}

/**
 * Moves one batch from a chip into a frame and out of the port. Native calls only: nothing here runs once a byte or a sample. False
 * when the FIFO has lost step; then nothing is sent.
 * @param timeUs device time when the FIFO level was read
 * @param backlog samples that level had behind this batch
 */
export function sendBatch(to: Stream, from: Source, timeUs: number, backlog: number): boolean {
  'ram'
  const slot = to.ring[to.sequence % to.ring.length]!
  const words = slot.words
  let at = HEADER_BYTES
  do {
    const bytes = from.read(from.register, BURST_BYTES)
    if (from.isInStep && !from.isInStep(bytes)) return false
    slot.body.set(bytes, at)
    at += BURST_BYTES
  } while (at < to.endByte)
  words[0] = from.word0
  words[1] = from.word1 | ((from.breakFlag | (backlog > FLAG_BACKLOG ? FLAG_BACKLOG : backlog)) << 24)
  words[3] = to.sequence
  words[4] = timeUs
  words[5] = from.nextSample
  words[to.crcWord] = to.crc32(slot.body)
  to.sequence++
  from.nextSample += from.batch
  from.breakFlag = 0
  to.port.write(words.buffer)
  return true
}

/** The slot that was being filled holds no frame that could be asked for. */
export function spoil(): void {
  stream.ring[stream.sequence % stream.ring.length]!.words[0] = 0
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
  words[5] = stream.imu.nextSample
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
