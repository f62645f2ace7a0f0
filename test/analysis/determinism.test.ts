import { beforeAll, describe, expect, test } from 'vitest'
import { Analysis } from '../../host/analysis/analysis.ts'
import type { AnalysisDocument } from '../../host/analysis/document.ts'
import { DocumentBuilder } from '../../host/analysis/document-builder.ts'
import { FrameDecoder } from '../../host/link/decoder.ts'
import { type StampedFrame, streamedFrames } from '../bench/stream.ts'
import { info } from '../session/sessions.ts'

let frames: StampedFrame[]
let expected: string

function documentOf(
  session: readonly StampedFrame[],
  also: ConstructorParameters<typeof DocumentBuilder>[0] = {},
) {
  const builder = new DocumentBuilder(also)
  const analysis = new Analysis(info, builder)
  for (const { bytes, arrivalS } of session) analysis.push(bytes, arrivalS)
  analysis.end()
  return JSON.stringify(builder.document(analysis))
}

beforeAll(async () => {
  frames = await streamedFrames(45)
  expected = documentOf(frames)
})

describe('the same bytes with the same arrivals give the same document', () => {
  test('when they are analysed again', () => {
    const { strides, events } = JSON.parse(expected) as AnalysisDocument
    expect(strides.length).toBeGreaterThan(60)
    expect(events.length).toBeGreaterThan(5 * strides.length)
    expect(documentOf(frames)).toBe(expected)
  })

  test('when the pods are simulated again', async () => {
    expect(documentOf(await streamedFrames(45))).toBe(expected)
  })

  test.each([1, 13, 512, 5000])('when they come in chunks of %i bytes', (size) => {
    const wire = Buffer.concat(frames.map(({ bytes }) => bytes))
    const decoded: StampedFrame[] = []
    const decoder = new FrameDecoder((bytes) =>
      decoded.push({ bytes: bytes.slice(), arrivalS: frames[decoded.length]!.arrivalS }),
    )
    for (let at = 0; at < wire.length; at += size) decoder.push(wire.subarray(at, at + size))
    decoder.end()
    expect(documentOf(decoded)).toBe(expected)
  })

  test('whether or not anybody looks at live stances', () => {
    let stances = 0
    const watched = documentOf(frames, {
      stance: () => {
        stances++
      },
    })
    expect(watched).toBe(expected)
    expect(stances).toBeGreaterThan(60)
  })
})
