import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyHeader, encodeFrame, MAX_PAYLOAD_BYTES, readHeader } from '../../shared/frame.ts'
import { commandLine } from '../../shared/messages.ts'
import { PLACES, placeOf, segmentOf, sideOf } from '../../shared/places.ts'

const word = fc.integer({ min: 0, max: 0xffffffff })
const byte = fc.nat(255)

describe('the frame', () => {
  test('header fields come back as they were put in', () => {
    fc.assert(
      fc.property(
        fc.record({
          type: fc.integer({ min: 1, max: 5 }),
          pod: byte,
          count: byte,
          flags: byte,
          stream: word,
          sequence: word,
          timeUs: word,
          firstSample: word,
        }),
        fc.nat(MAX_PAYLOAD_BYTES / 4),
        (header, words) => {
          const bytes = encodeFrame(header, new Uint8Array(4 * words).fill(0xf5), crc32)
          expect(readHeader(new DataView(bytes.buffer), 0, emptyHeader())).toEqual({
            ...header,
            payloadBytes: 4 * words,
          })
        },
      ),
    )
  })

  test('is laid out as docs/protocol.md says', () => {
    const bytes = encodeFrame(
      {
        type: 2,
        pod: 3,
        count: 1,
        flags: 0x85,
        stream: 0x04030201,
        sequence: 0x08070605,
        timeUs: 0x0c0b0a09,
        firstSample: 0x100f0e0d,
      },
      Uint8Array.of(0x11, 0x12, 0x13, 0x14),
      crc32,
    )
    expect(Buffer.from(bytes.subarray(0, 28)).toString('hex')).toBe(
      'f5a71203' + '04000185' + '01020304' + '05060708' + '090a0b0c' + '0d0e0f10' + '11121314',
    )
    // the CRC of a frame with its CRC behind it is the well-known residue of CRC-32
    expect(crc32(bytes)).toBe(0x2144df1c)
  })

  test('refuses payloads that do not fit', () => {
    expect(() => encodeFrame({ ...emptyHeader(), type: 2 }, new Uint8Array(1028), crc32)).toThrow(RangeError)
    expect(() => encodeFrame({ ...emptyHeader(), type: 2 }, new Uint8Array(3), crc32)).toThrow(RangeError)
  })
})

test('a command is one line of words', () => {
  expect(commandLine('set', 7, { place: 'left-shin', rateHz: 208 })).toBe(
    'set 7 place=left-shin rateHz=208\n',
  )
})

test('a place is a side and a segment', () => {
  for (const place of PLACES) expect(placeOf(sideOf(place), segmentOf(place))).toBe(place)
})
