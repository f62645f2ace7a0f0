import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { FrameDecoder } from '../../host/link/decoder.ts'
import { readMessage } from '../../host/link/messages.ts'
import {
  emptyHeader,
  FLAG_BACKLOG,
  FLAG_BREAK,
  HEADER_BYTES,
  readHeader,
  TYPE_ACK,
  TYPE_HELLO,
  TYPE_SAMPLES,
  TYPE_STATUS,
  TYPE_TIME,
} from '../../shared/frame.ts'
import { DEG, GRAVITY, IMUS, readSample } from '../../shared/imu.ts'
import { puckHello } from './frames.ts'

const corpus = new URL('../golden/frames/', import.meta.url)
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const headerOf = (bytes: Uint8Array) => readHeader(viewOf(bytes), 0, emptyHeader())

function decode(name: string) {
  const frames: Uint8Array[] = []
  const decoder = new FrameDecoder((frame) => frames.push(frame.slice()))
  decoder.push(readFileSync(new URL(`${name}.bin`, corpus)))
  decoder.end()
  return { frames, skipped: decoder.skippedBytes }
}

const [H, S, ST, T, A] = [TYPE_HELLO, TYPE_SAMPLES, TYPE_STATUS, TYPE_TIME, TYPE_ACK]

/** File, type and sequence of each frame that must come out, bytes that belong to none. */
const expected: Record<string, [frames: [type: number, sequence: number][], skipped: number]> = {
  'hello-puck': [[[H, 0]], 0],
  'status-puck': [[[ST, 9]], 0],
  'ack-resend': [[[A, 40]], 0],
  'ack-refused': [[[A, 41]], 0],
  'time-reply': [[[T, 5]], 0],
  'samples-20-lsm6ds3trc': [[[S, 0]], 0],
  'samples-1-si-float32': [[[S, 1]], 0],
  'samples-break-and-backlog-5': [[[S, 3]], 0],
  'samples-largest-payload': [[[S, 0]], 0],
  'hello-then-3-samples': [
    [
      [H, 0],
      [S, 0],
      [S, 1],
      [S, 2],
    ],
    0,
  ],
  'samples-3-flipped-bit-in-the-second': [
    [
      [S, 0],
      [S, 2],
    ],
    268,
  ],
  'samples-3-cut-short-in-the-second': [
    [
      [S, 0],
      [S, 2],
    ],
    200,
  ],
  'samples-3-byte-lost-in-the-second': [
    [
      [S, 0],
      [S, 2],
    ],
    267,
  ],
  'samples-3-lying-length-in-the-second': [
    [
      [S, 0],
      [S, 2],
      [S, 3],
      [S, 4],
    ],
    268,
  ],
  'samples-false-sync-in-a-good-payload': [
    [
      [S, 1],
      [S, 2],
    ],
    0,
  ],
  'samples-after-garbage': [[[S, 0]], 777],
  'samples-after-console-text': [[[S, 0]], 48],
  'samples-cut-off-at-the-end': [[[S, 0]], 267],
  'other-version-then-good': [[[S, 1]], 40],
  'type-7-then-good': [[[S, 1]], 40],
  nothing: [[], 0],
}

describe('golden frames', () => {
  test('every file of the corpus is stated here', () => {
    const files = readdirSync(corpus).map((name) => name.replace(/\.bin$/, ''))
    expect(new Set(files)).toEqual(new Set(Object.keys(expected)))
  })

  test.each(Object.entries(expected))('%s', (name, [due, skipped]) => {
    const got = decode(name)
    expect(got.frames.map(headerOf).map(({ type, sequence }) => [type, sequence])).toEqual(due)
    expect(got.skipped).toBe(skipped)
  })

  test('hello, status and acknowledgements say what they said', () => {
    const said = (name: string) => {
      const frame = decode(name).frames[0]!
      return readMessage<object>(frame, headerOf(frame).payloadBytes)
    }
    expect(said('hello-puck')).toEqual(puckHello)
    expect(said('status-puck')).toMatchObject({ battery: 87, registers: [0x54, 0x5c, 0x2e] })
    expect(said('ack-resend')).toEqual({ id: 12, ok: true, sent: 3, gone: 1 })
    expect(said('ack-refused')).toEqual({ id: 13, ok: false, error: 'streaming: stop first' })
  })

  test('a time reply carries token, device time of reading and of answering', () => {
    const frame = decode('time-reply').frames[0]!
    const view = viewOf(frame)
    expect([view.getUint32(HEADER_BYTES, true), view.getUint32(HEADER_BYTES + 4, true)]).toEqual([
      123_456, 4_294_967_290,
    ])
    expect(headerOf(frame).timeUs).toBe(300)
  })

  test('raw samples are what the data sheet makes of them', () => {
    const frame = decode('samples-20-lsm6ds3trc').frames[0]!
    const imu = IMUS['lsm6ds3tr-c']
    const out = new Float64Array(6)
    for (let k = 0; k < 20; k++) {
      readSample('lsm6ds3tr-c', imu.accelScale(16), imu.gyroScale(2000), viewOf(frame), HEADER_BYTES, k, out)
      // 0.488 mg/LSB at ±16 g, 70 mdps/LSB at ±2000 °/s
      expect(out[2]).toBeCloseTo(2049 * 0.488e-3 * GRAVITY, 9)
      expect(out[3]).toBeCloseTo(k * 0.07 * DEG, 9)
      expect(out[5]).toBeCloseTo(143 * 0.07 * DEG, 9)
    }
  })

  test('imported samples are exact, with their own time', () => {
    const frame = decode('samples-1-si-float32').frames[0]!
    const out = new Float64Array(6)
    readSample('si-float32', 1, 1, viewOf(frame), HEADER_BYTES, 0, out)
    expect([...out]).toEqual([0.5, -0.25, 9.75, 0.125, -2, 16])
    expect(viewOf(frame).getUint32(HEADER_BYTES, true)).toBe(1_500_000)
  })

  test('flags: samples were lost before, five stayed behind', () => {
    const { flags, firstSample, count } = headerOf(decode('samples-break-and-backlog-5').frames[0]!)
    expect(flags & FLAG_BREAK).toBe(FLAG_BREAK)
    expect(flags & FLAG_BACKLOG).toBe(5)
    expect([firstSample, count]).toEqual([60, 20])
  })
})
