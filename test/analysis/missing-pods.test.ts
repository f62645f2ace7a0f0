import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { simulate } from '../../firmware/virtual/simulate.ts'
import type { AnalysisDocument, Stride } from '../../host/analysis/document.ts'
import { analyse } from '../../host/analysis/document-builder.ts'
import { readHello } from '../../host/analysis/hello.ts'
import { openSession, type SessionFrame } from '../../host/session/open.ts'
import { emptyHeader, HEADER_BYTES, readHeader, TYPE_HELLO } from '../../shared/frame.ts'
import type { Place } from '../../shared/places.ts'

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footfall-missing-'))
  await simulate(join(folder, 'run'), { seconds: 50, seed: 2 })
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** Leaves out the samples of one pod that arrive between two times: its cable was out. */
async function* without(frames: AsyncIterable<SessionFrame>, place: Place, fromS: number, toS: number) {
  const header = emptyHeader()
  let stream = -1
  for await (const frame of frames) {
    const { bytes, arrivalS } = frame
    readHeader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, header)
    if (header.type === TYPE_HELLO) {
      const hello = readHello(bytes.subarray(HEADER_BYTES, HEADER_BYTES + header.payloadBytes))
      if (hello?.place === place) stream = header.stream
    } else if (header.stream === stream && arrivalS > fromS && arrivalS < toS) continue
    yield frame
  }
}

async function analysed(place: Place, fromS: number, toS: number): Promise<AnalysisDocument> {
  const source = await openSession(join(folder, 'run'))
  return analyse(source.info, without(source.frames(), place, fromS, toS))
}

const left = (document: AnalysisDocument, fromS: number, toS: number): Stride[] =>
  document.strides.filter(({ leg, icS }) => leg === 'left' && icS >= fromS && icS < toS)

describe('a pod that is away for a while', () => {
  test.each(['left-shoe', 'left-shin'] as const)('%s: every later stride is whole again', async (place) => {
    const document = await analysed(place, 20, 23)
    const later = left(document, 25, 60)
    expect(later.length).toBeGreaterThan(25)
    for (const stride of later) {
      expect(stride.quality).toEqual({ ok: true, reasons: [] })
      expect(Number.isFinite(stride.peakEversionDeg)).toBe(true)
    }
    expect(document.pods[place]?.lostSamples).toBeGreaterThan(1000)
  })
})

describe('a pod that does not come back', () => {
  test('a shin takes its metrics with it and nothing else, with the reason', async () => {
    const document = await analysed('left-shin', 20, 60)
    expect(document.session.notes.join()).toMatch(/left-shin: silent for 3 s/)
    const later = left(document, 25, 60)
    expect(later.length).toBeGreaterThan(25)
    for (const stride of later) {
      expect(stride.peakEversionDeg).toBeNull()
      expect(stride.peakTibialAxialG).toBeNull()
      expect(stride.quality.reasons.join()).toMatch(/left-shin/)
      expect(stride.strikeAngleDeg).not.toBeNull()
      expect(stride.contactTimeMs).not.toBeNull()
    }
  })

  test('a shoe leaves events to its shin, labelled, told once', async () => {
    const document = await analysed('left-shoe', 20, 60)
    const events = document.events.filter(({ leg }) => leg === 'left')
    const later = events.filter(({ timeS }) => timeS > 24)
    expect(later.length).toBeGreaterThan(50)
    expect(later.every(({ fallback }) => fallback === true)).toBe(true)
    const contacts = events.filter(({ kind }) => kind === 'initial-contact').map(({ timeS }) => timeS)
    for (let i = 1; i < contacts.length; i++) expect(contacts[i]! - contacts[i - 1]!).toBeGreaterThan(0.5)
  })

  test('the other leg never takes an old contact for a step', async () => {
    const document = await analysed('left-shoe', 20, 60)
    for (const { stepTimeMs, strideTimeMs } of document.strides)
      if (stepTimeMs !== null) expect(stepTimeMs).toBeLessThan(strideTimeMs!)
  })
})
