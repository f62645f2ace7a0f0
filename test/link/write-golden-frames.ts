/** Writes test/golden/frames: `node test/link/write-golden-frames.ts`. What must come out of each is stated in golden-frames.test.ts. */
import { writeFileSync } from 'node:fs'
import { TYPE_ACK, TYPE_HELLO, TYPE_SAMPLES, TYPE_STATUS, TYPE_TIME } from '../../shared/frame.ts'
import { frame, jsonFrame, noise, puckHello } from './frames.ts'

const STREAM = 0x5eed0001

/** Twenty LSM6DS3TR-C samples: still, z up at ±16 g, gyro z turning at 10 °/s at ±2000 °/s, counted in gyro x. */
function lsmPayload(count: number): Uint8Array<ArrayBuffer> {
  const payload = new Int16Array(6 * count)
  for (let k = 0; k < count; k++) payload.set([k, 0, 143, 0, 0, 2049], 6 * k)
  return new Uint8Array(payload.buffer)
}

const samples = (sequence: number, flags = 0) =>
  frame(
    {
      type: TYPE_SAMPLES,
      count: 20,
      flags,
      stream: STREAM,
      sequence,
      timeUs: 1_000_000 + 96_154 * sequence,
      firstSample: 20 * sequence,
    },
    lsmPayload(20),
  )

const siPayload = new Uint8Array(28)
const si = new DataView(siPayload.buffer)
si.setUint32(0, 1_500_000, true)
for (const [i, value] of [0.5, -0.25, 9.75, 0.125, -2, 16].entries()) si.setFloat32(4 + 4 * i, value, true)

const timeReply = new Uint8Array(Uint32Array.of(123_456, 4_294_967_290, 0).buffer)

const flipped = samples(1)
flipped[130]! ^= 0x04
const lyingLength = samples(1)
lyingLength[4] = 0
lyingLength[5] = 4
const falseSync = frame(
  { type: TYPE_SAMPLES, stream: STREAM, sequence: 1 },
  Uint8Array.of(0xf5, 0xa7, 0x12, 0, 0, 4, 0, 0),
)

const corpus: Record<string, Uint8Array[]> = {
  'hello-puck': [jsonFrame(puckHello, { type: TYPE_HELLO, stream: STREAM })],
  'status-puck': [
    jsonFrame(
      {
        battery: 87,
        temperatureC: 24.5,
        free: 1843,
        overruns: 0,
        realigned: 0,
        imuErrors: 0,
        commandErrors: 1,
        exceptions: 0,
        registers: [0x54, 0x5c, 0x2e],
      },
      { type: TYPE_STATUS, stream: STREAM, sequence: 9 },
    ),
  ],
  'ack-resend': [
    jsonFrame({ id: 12, ok: true, sent: 3, gone: 1 }, { type: TYPE_ACK, stream: STREAM, sequence: 40 }),
  ],
  'ack-refused': [
    jsonFrame(
      { id: 13, ok: false, error: 'streaming: stop first' },
      { type: TYPE_ACK, stream: STREAM, sequence: 41 },
    ),
  ],
  'time-reply': [frame({ type: TYPE_TIME, stream: STREAM, sequence: 5, timeUs: 300 }, timeReply)],
  'samples-20-lsm6ds3trc': [samples(0)],
  'samples-1-si-float32': [
    frame({ type: TYPE_SAMPLES, count: 1, stream: 1, sequence: 1, timeUs: 1_500_000 }, siPayload),
  ],
  'samples-break-and-backlog-5': [samples(3, 0x80 | 5)],
  'samples-largest-payload': [frame({ type: TYPE_SAMPLES, count: 85, stream: STREAM }, noise(1024, 1))],
  'hello-then-3-samples': [
    jsonFrame(puckHello, { type: TYPE_HELLO, stream: STREAM }),
    samples(0),
    samples(1),
    samples(2),
  ],
  'samples-3-flipped-bit-in-the-second': [samples(0), flipped, samples(2)],
  'samples-3-cut-short-in-the-second': [samples(0), samples(1).subarray(0, 200), samples(2)],
  'samples-3-byte-lost-in-the-second': [
    samples(0),
    samples(1).subarray(0, 99),
    samples(1).subarray(100),
    samples(2),
  ],
  'samples-3-lying-length-in-the-second': [samples(0), lyingLength, samples(2), samples(3), samples(4)],
  'samples-false-sync-in-a-good-payload': [falseSync, samples(2)],
  'samples-after-garbage': [noise(777, 5), samples(0)],
  'samples-after-console-text': [
    Buffer.from(' ____                 _ \r\n>echo(0)\r\n=undefined\r\n'),
    samples(0),
  ],
  'samples-cut-off-at-the-end': [samples(0), samples(1).subarray(0, 267)],
  'other-version-then-good': [
    frame({ type: 0x20 | TYPE_SAMPLES, stream: STREAM }, lsmPayload(1)),
    samples(1),
  ],
  'type-7-then-good': [frame({ type: 7, stream: STREAM }, lsmPayload(1)), samples(1)],
  nothing: [],
}

for (const [name, pieces] of Object.entries(corpus))
  writeFileSync(new URL(`../golden/frames/${name}.bin`, import.meta.url), Buffer.concat(pieces))
