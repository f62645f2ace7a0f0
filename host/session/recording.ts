import { type FileHandle, open } from 'node:fs/promises'
import { McapIndexedReader, type McapTypes } from '@mcap/core'
import * as z from 'zod'
import type { SessionInfo } from '../analysis/session-info.ts'
import type { Mark } from './feed.ts'
import { InputError } from './input-error.ts'
import { markSchema } from './marks-file.ts'
import { FRAMES_TOPIC, MARKS_TOPIC, PROFILE, SESSION_METADATA, sessionTime } from './recording-file.ts'
import { type Cut, channelsOf, type Damage, type Message, readRecords } from './recording-records.ts'
import type { SessionFrame, SessionSource } from './source.ts'

const loose = z.record(z.string(), z.unknown())
const infoSchema = z.object({
  id: z.string(),
  activity: z.enum(['running', 'walking']).nullable(),
  startedAt: z.string().nullable(),
  subject: loose,
  treadmill: z.looseObject({ speedMPerS: z.number().optional(), inclinePct: z.number().optional() }),
  standing: z.object({ fromS: z.number(), toS: z.number() }).nullable(),
  settings: loose,
  software: z.string(),
  startEpochNs: z.string().regex(/^\d+$/),
})
/**
 * Opens a recording (`docs/protocol.md`, section 6). One that was damaged or whose writer was killed opens as
 * well: it holds its whole chunks, and says what is missing when its frames are read.
 * @throws InputError when it is no recording of ours
 */
export async function openRecording(path: string): Promise<SessionSource> {
  const { info, startEpochNs } = await readHead(path)
  const { marks, durationS } = (await fromSummary(path, startEpochNs)) ?? (await fromScan(path, startEpochNs))
  return {
    info,
    marks,
    durationS,
    frames: (onNote, onMark, skip) => readFrames(path, startEpochNs, onNote, onMark, skip),
  }
}

async function readHead(path: string): Promise<{ info: SessionInfo; startEpochNs: bigint }> {
  for await (const [record] of readRecords(path)) {
    if (record?.type === 'Header' && record.profile !== PROFILE)
      throw new InputError(path, null, `an MCAP file, but of profile "${record.profile}" and not of footfall`)
    if (record?.type !== 'Metadata' || record.name !== SESSION_METADATA) continue
    try {
      const { startEpochNs, ...info } = infoSchema.parse(JSON.parse(record.metadata.get('json') ?? ''))
      return { info: info as SessionInfo, startEpochNs: BigInt(startEpochNs) }
    } catch (error) {
      throw new InputError(path, null, `its session record is damaged: ${(error as Error).message}`)
    }
  }
  throw new InputError(path, null, 'no recording of footfall: it has no session record')
}

/**
 * What a recording's head and index say, whatever its size. `durationS` is `null` where there is no index: it is being written, or was cut.
 * @throws InputError when it is no recording of ours
 */
export async function glanceAt(path: string): Promise<Pick<SessionSource, 'info' | 'durationS'>> {
  const { info, startEpochNs } = await readHead(path)
  const durationS = await indexed(
    path,
    (reader) => reader.statistics && lengthOf(reader.statistics, startEpochNs),
  )
  return { info, durationS: durationS ?? null }
}

/** Marks and length by the file's own index; `null` when the writer did not live to write one, or it leads to damage. */
const fromSummary = (path: string, startEpochNs: bigint) =>
  indexed(path, async (reader) => {
    if (!reader.statistics) return null
    const marks: Mark[] = []
    for await (const { data } of reader.readMessages({ topics: [MARKS_TOPIC], validateCrcs: true }))
      marks.push(...readMark(data))
    return { marks, durationS: lengthOf(reader.statistics, startEpochNs) }
  })

const lengthOf = ({ messageCount, messageEndTime }: McapTypes.Statistics, startEpochNs: bigint): number =>
  messageCount === 0n ? 0 : sessionTime(startEpochNs, messageEndTime)

async function indexed<T>(path: string, read: (reader: McapIndexedReader) => T): Promise<Awaited<T> | null> {
  const file = await open(path)
  try {
    return await read(await McapIndexedReader.Initialize({ readable: readable(file) }))
  } catch {
    return null
  } finally {
    await file.close()
  }
}

async function fromScan(path: string, startEpochNs: bigint) {
  const marks: Mark[] = []
  let durationS = 0
  for await (const records of contents(path))
    for (const record of records) {
      if (record.type !== 'Message') continue
      durationS = Math.max(durationS, sessionTime(startEpochNs, record.logTime))
      if (record.topic === MARKS_TOPIC) marks.push(...readMark(record.data))
    }
  return { marks, durationS }
}

async function* readFrames(
  path: string,
  startEpochNs: bigint,
  onNote: (timeS: number, text: string) => void = () => {},
  onMark: (mark: Mark) => void = () => {},
  skip = 0,
): AsyncGenerator<SessionFrame> {
  let lastS = 0
  let damage: Damage | null = null
  for await (const records of contents(path, skip))
    for (const record of records) {
      if (record.type === 'Damage') damage = record
      else if (record.type === 'Cut') onNote(lastS, `${CUT}; ${lastS.toFixed(2)} s are there`)
      else if (record.topic === FRAMES_TOPIC) {
        const arrivalS = sessionTime(startEpochNs, record.logTime)
        if (damage !== null) onNote(lastS, damaged(damage, `until ${arrivalS.toFixed(2)} s`))
        damage = null
        lastS = arrivalS
        yield { bytes: record.data, arrivalS }
      } else {
        const [mark] = readMark(record.data)
        if (mark !== undefined) onMark(mark)
        else onNote(lastS, 'a mark is damaged and is left out')
      }
    }
  if (damage !== null) onNote(lastS, damaged(damage, 'to its end'))
}

const CUT =
  'the recording ends without its index: it is still being written, its writer was killed, or the file was cut'
const damaged = ({ from, to }: Damage, until: string): string =>
  `the recording is damaged from byte ${from} to ${to}: what it held from here ${until} is missing`

/** One mark, or none when it is damaged. */
function readMark(data: Uint8Array): Mark[] {
  try {
    return [markSchema.parse(JSON.parse(Buffer.from(data).toString()))]
  } catch {
    return []
  }
}

/**
 * Frames and marks in the order of the file, those of a chunk together, and what is wrong between them.
 * @param skip frames that are left out at the beginning, with the marks of whole chunks of them
 */
async function* contents(path: string, skip = 0) {
  const topics = new Map<number, string>()
  let left = skip
  const passOver = (chunk: Buffer): boolean => {
    let frames = 0
    for (const channel of left > 0 ? channelsOf(chunk) : []) {
      const topic = topics.get(channel)
      if (topic === FRAMES_TOPIC) frames++
      // a chunk that names its channels itself must be read
      if (topic === undefined || frames > left) return false
    }
    left -= frames
    return frames > 0
  }
  for await (const records of readRecords(path, passOver)) {
    const found: (Damage | Cut | (Message & { topic: string | undefined }))[] = []
    for (const record of records)
      if (record.type === 'Channel') topics.set(record.id, record.topic)
      else if (record.type === 'Message') {
        const topic = topics.get(record.channelId)
        if (topic === FRAMES_TOPIC && left > 0) left--
        else found.push({ ...record, topic })
      } else if (record.type === 'Damage' || record.type === 'Cut') found.push(record)
    yield found
  }
}

const readable = (file: FileHandle): McapTypes.IReadable => ({
  size: async () => BigInt((await file.stat()).size),
  read: async (offset, size) => {
    const bytes = new Uint8Array(Number(size))
    const { bytesRead } = await file.read(bytes, 0, bytes.length, Number(offset))
    return bytes.subarray(0, bytesRead)
  },
})
