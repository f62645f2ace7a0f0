import { type FileHandle, open } from 'node:fs/promises'
import { McapIndexedReader, McapStreamReader, type McapTypes } from '@mcap/core'
import * as z from 'zod'
import type { SessionInfo } from '../analysis/session-info.ts'
import type { Mark } from './feed.ts'
import { InputError } from './input-error.ts'
import { FRAMES_TOPIC, MARKS_TOPIC, PROFILE, SESSION_METADATA, sessionTime } from './recording-file.ts'
import type { SessionFrame, SessionSource } from './source.ts'

const PIECE_BYTES = 1 << 18

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
const markSchema = z.object({
  timeS: z.number(),
  kind: z.enum(['mark', 'tag', 'start', 'stop']),
  text: z.string(),
})

/**
 * Opens a recording (`docs/protocol.md`, section 6). One whose writer was killed opens as well: it ends with its last whole chunk.
 * @throws InputError when it is no recording of ours
 */
export async function openRecording(path: string): Promise<SessionSource> {
  const { info, startEpochNs } = await readHead(path)
  const { marks, durationS } = (await fromSummary(path, startEpochNs)) ?? (await fromScan(path, startEpochNs))
  return { info, marks, durationS, frames: () => readFrames(path, startEpochNs) }
}

async function readHead(path: string): Promise<{ info: SessionInfo; startEpochNs: bigint }> {
  for await (const record of records(path)) {
    if (record.type === 'Header' && record.profile !== PROFILE)
      throw new InputError(path, null, `an MCAP file, but of profile "${record.profile}" and not of footfall`)
    if (record.type !== 'Metadata' || record.name !== SESSION_METADATA) continue
    try {
      const { startEpochNs, ...info } = infoSchema.parse(JSON.parse(record.metadata.get('json') ?? ''))
      return { info: info as SessionInfo, startEpochNs: BigInt(startEpochNs) }
    } catch (error) {
      throw new InputError(path, null, `its session record is damaged: ${(error as Error).message}`)
    }
  }
  throw new InputError(path, null, 'no recording of footfall: it has no session record')
}

/** Marks and length by the file's own index; `null` when the writer did not live to write one. */
async function fromSummary(path: string, startEpochNs: bigint) {
  const file = await open(path)
  try {
    const reader = await McapIndexedReader.Initialize({ readable: readable(file) }).catch(() => null)
    if (!reader?.statistics) return null
    const marks: Mark[] = []
    for await (const { data } of reader.readMessages({ topics: [MARKS_TOPIC] })) marks.push(parseMark(data))
    const { messageCount, messageEndTime } = reader.statistics
    return { marks, durationS: messageCount === 0n ? 0 : sessionTime(startEpochNs, messageEndTime) }
  } finally {
    await file.close()
  }
}

async function fromScan(path: string, startEpochNs: bigint) {
  const marks: Mark[] = []
  let durationS = 0
  for await (const { topic, message } of messages(path)) {
    durationS = Math.max(durationS, sessionTime(startEpochNs, message.logTime))
    if (topic === MARKS_TOPIC) marks.push(parseMark(message.data))
  }
  return { marks, durationS }
}

async function* readFrames(path: string, startEpochNs: bigint): AsyncGenerator<SessionFrame> {
  for await (const { topic, message } of messages(path))
    if (topic === FRAMES_TOPIC)
      yield { bytes: message.data, arrivalS: sessionTime(startEpochNs, message.logTime) }
}

const parseMark = (data: Uint8Array): Mark => markSchema.parse(JSON.parse(Buffer.from(data).toString()))

async function* messages(path: string) {
  const topics = new Map<number, string>()
  for await (const record of records(path))
    if (record.type === 'Channel') topics.set(record.id, record.topic)
    else if (record.type === 'Message') yield { topic: topics.get(record.channelId), message: record }
}

/** All records in the order of the file, as far as it is whole: what a killed writer left unfinished ends it. */
async function* records(path: string): AsyncGenerator<McapTypes.TypedMcapRecord> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new InputError(path, null, error.code === 'ENOENT' ? 'there is no such file' : error.message)
  })
  try {
    const reader = new McapStreamReader()
    const piece = Buffer.alloc(PIECE_BYTES)
    for (let first = true; ; first = false) {
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES)
      if (bytesRead === 0) return
      reader.append(piece.subarray(0, bytesRead))
      for (;;) {
        const record = next(reader, path, first)
        if (record === undefined) break
        if (record === null) return
        yield record
        first = false
      }
    }
  } finally {
    await file.close()
  }
}

/** The next record, `undefined` when more bytes are due, `null` where the file is damaged. */
function next(reader: McapStreamReader, path: string, first: boolean) {
  try {
    return reader.nextRecord()
  } catch (error) {
    if (first) throw new InputError(path, null, `no recording: ${(error as Error).message}`)
    return null
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
