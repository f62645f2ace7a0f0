import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FrameDecoder } from '../../host/link/decoder.ts'
import { MAX_PAYLOAD_BYTES } from '../../shared/frame.ts'
import { frame, noise } from './frames.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** What comes out when the bytes are pushed in chunks of these lengths, taken in turn. */
function decode(bytes: Uint8Array, chunks: number[] = [bytes.length || 1]) {
  const out: string[] = []
  const decoder = new FrameDecoder((found) => out.push(hex(found)))
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = chunks[i % chunks.length]!
    decoder.push(bytes.subarray(at, at + size))
    at += size
  }
  decoder.end()
  return { out, skipped: decoder.skippedBytes }
}

const anyFrame = fc
  .record({
    type: fc.integer({ min: 1, max: 5 }),
    pod: fc.nat(255),
    count: fc.nat(255),
    flags: fc.nat(255),
    stream: fc.integer({ min: 0, max: 0xffffffff }),
    sequence: fc.integer({ min: 0, max: 0xffffffff }),
    timeUs: fc.integer({ min: 0, max: 0xffffffff }),
    firstSample: fc.integer({ min: 0, max: 0xffffffff }),
    words: fc.uint8Array({ maxLength: 70 }),
    // payloads rich in sync bytes, so that false starts are met all the time
    syncs: fc.boolean(),
  })
  .map(({ words, syncs, ...header }) => {
    const payload = new Uint8Array(Math.min(MAX_PAYLOAD_BYTES, words.length * 4))
    payload.set(words)
    if (syncs) for (let i = 0; i + 2 < payload.length; i += 7) payload.set([0xf5, 0xa7, 0x12], i)
    return frame(header, payload)
  })
const frames = fc.array(anyFrame, { minLength: 1, maxLength: 6 })
const chunks = fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 1, maxLength: 8 })

describe('FrameDecoder', () => {
  test('gives every frame whatever the chunks', () => {
    fc.assert(
      fc.property(frames, chunks, (sent, sizes) => {
        const got = decode(Buffer.concat(sent), sizes)
        expect(got).toEqual({ out: sent.map(hex), skipped: 0 })
      }),
    )
  })

  test('garbage before, between and behind loses no frame', () => {
    const garbage = fc.uint8Array({ maxLength: 200 })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(garbage, anyFrame), { maxLength: 5 }),
        garbage,
        chunks,
        (pairs, tail, sizes) => {
          const got = decode(Buffer.concat([...pairs.flat(), tail]), sizes)
          expect(got.out).toEqual(pairs.map(([, sent]) => hex(sent)))
          expect(got.skipped).toBe(pairs.reduce((sum, [junk]) => sum + junk.length, tail.length))
        },
      ),
    )
  })

  test('damage loses the frames it touched and no other, and nothing wrong comes out', () => {
    const damage = fc.record({
      kind: fc.constantFrom('flip', 'delete', 'insert', 'overwrite'),
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      length: fc.integer({ min: 1, max: 90 }),
      bit: fc.nat(7),
      junk: fc.uint8Array({ minLength: 90, maxLength: 90 }),
    })
    fc.assert(
      fc.property(frames, damage, chunks, (sent, { kind, at, length, bit, junk }, sizes) => {
        const whole = Buffer.concat(sent)
        const from = Math.floor(at * whole.length)
        const reach = kind === 'flip' ? 1 : kind === 'insert' ? 0 : Math.min(length, whole.length - from)
        const put =
          kind === 'delete'
            ? new Uint8Array(0)
            : kind === 'flip'
              ? Uint8Array.of(whole[from]! ^ (1 << bit))
              : junk.subarray(0, kind === 'insert' ? length : reach)
        const damaged = Buffer.concat([whole.subarray(0, from), put, whole.subarray(from + reach)])

        let start = 0
        const untouched: string[] = []
        for (const one of sent) {
          const end = start + one.length
          if (end <= from || start >= from + reach) untouched.push(hex(one))
          start = end
        }
        const all = new Set(sent.map(hex))
        const { out } = decode(damaged, sizes)
        for (const one of out) expect(all.has(one)).toBe(true)
        expect(out.filter((one) => untouched.includes(one))).toEqual(untouched)
      }),
      { numRuns: 300 },
    )
  })

  test('a frame cut off by the end of the bytes is not given; those before it are', () => {
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 1051 }), chunks, (sent, cut, sizes) => {
        const last = sent.at(-1)!
        const whole = Buffer.concat(sent)
        const { out } = decode(whole.subarray(0, whole.length - Math.min(cut, last.length)), sizes)
        expect(out).toEqual(sent.slice(0, -1).map(hex))
      }),
    )
  })

  test('never holds back a frame for longer than one largest frame', () => {
    const good = frame({ type: 2, sequence: 7 }, noise(240, 1))
    // a header that promises the largest payload and never keeps it
    const liar = frame({ type: 2 }, noise(MAX_PAYLOAD_BYTES, 2)).subarray(0, 24)
    const out: string[] = []
    const decoder = new FrameDecoder((found) => out.push(hex(found)))
    decoder.push(liar)
    for (let i = 0; i < 4; i++) decoder.push(good)
    expect(out).toEqual([hex(good), hex(good), hex(good), hex(good)].slice(0, out.length))
    expect(out.length).toBeGreaterThan(0)
  })

  test('a megabyte of noise gives nothing and is all counted as skipped', () => {
    expect(decode(noise(1 << 20, 3), [4096])).toEqual({ out: [], skipped: 1 << 20 })
  })

  test('a listener may push, and one that throws breaks nothing for later chunks', () => {
    const [one, two, three] = [1, 2, 3].map((sequence) => frame({ type: 2, sequence }, noise(240, sequence)))
    const out: string[] = []
    const decoder = new FrameDecoder((found) => {
      out.push(hex(found))
      if (out.length === 1) decoder.push(two!)
      // the view is still the frame, whatever was pushed meanwhile
      if (out.length === 1) expect(hex(found)).toBe(hex(one!))
      if (out.length === 2) throw new Error('listener')
    })
    expect(() => decoder.push(one!)).toThrow('listener')
    decoder.push(three!)
    expect(out).toEqual([hex(one!), hex(two!), hex(three!)])
  })
})
