import { crc32 } from 'node:zlib'
import { McapChunkBuilder, McapRecordBuilder, type McapTypes } from '@mcap/core'
import type { SessionInfo } from '../analysis/session-info.ts'
import type { Mark } from './feed.ts'

export const PROFILE = 'footfall'
export const FRAMES_TOPIC = 'frames'
export const MARKS_TOPIC = 'marks'
export const SESSION_METADATA = 'session'

const FRAMES_CHANNEL = 1
const MARKS_CHANNEL = 2
const MARK_SCHEMA = 1

/** Session time, whole µs, as the file's log time. */
export const logTime = (startEpochNs: bigint, timeS: number): bigint =>
  startEpochNs + BigInt(Math.round(timeS * 1e6)) * 1000n

export const sessionTime = (startEpochNs: bigint, logTimeNs: bigint): number =>
  Number((logTimeNs - startEpochNs) / 1000n) / 1e6

/**
 * The bytes of a recording (`docs/protocol.md`, section 6), made piece by piece; whoever holds the file writes them in order. A chunk is a
 * whole by itself, so a file that ends behind any chunk can be read. `@mcap/core` builds the records; its own writer
 * cannot be told *when* to end a chunk, only at which size.
 */
export class RecordingFile {
  readonly #startEpochNs: bigint
  readonly #records = new McapRecordBuilder()
  readonly #chunk = new McapChunkBuilder({ useMessageIndex: true })
  /** Where each chunk lies, as it will stand in the summary: 100 bytes a chunk, not the 400 of an object. */
  readonly #chunkIndexes = new McapRecordBuilder()
  #chunks = 0
  readonly #metadataIndex: McapTypes.MetadataIndex
  readonly #counts = new Map<number, bigint>([
    [FRAMES_CHANNEL, 0n],
    [MARKS_CHANNEL, 0n],
  ])
  #position = 0n
  #crc = 0
  #sequence = 0
  #startNs = 0n
  #endNs = 0n

  /** @param startEpochNs session time 0, ns since 1970 */
  constructor(info: SessionInfo, startEpochNs: bigint) {
    this.#startEpochNs = startEpochNs
    this.#records.writeMagic()
    this.#records.writeHeader({ profile: PROFILE, library: `footfall ${info.software}` })
    writeSchemaAndChannels(this.#records)
    const offset = BigInt(this.#records.length)
    const json = JSON.stringify({ ...info, startEpochNs: String(startEpochNs) })
    const length = this.#records.writeMetadata({
      name: SESSION_METADATA,
      metadata: new Map([['json', json]]),
    })
    this.#metadataIndex = { name: SESSION_METADATA, offset, length }
  }

  /** Bytes of frames and marks waiting for `takeChunk`. */
  get waitingBytes(): number {
    return this.#chunk.byteLength
  }

  /** The bytes are copied. */
  addFrame(bytes: Uint8Array, arrivalS: number): void {
    this.#add(FRAMES_CHANNEL, bytes, arrivalS)
  }

  addMark(mark: Mark): void {
    this.#add(MARKS_CHANNEL, Buffer.from(JSON.stringify(mark)), mark.timeS)
  }

  /** What is to be written now: the head, or the frames and marks since the last call as one chunk. Empty when there are none. */
  takeChunk(): Uint8Array {
    if (this.#chunk.numMessages > 0) {
      const { buffer, messageStartTime, messageEndTime } = this.#chunk
      const chunkStartOffset = this.#position + BigInt(this.#records.length)
      const uncompressedSize = BigInt(buffer.length)
      const chunkLength = this.#records.writeChunk({
        messageStartTime,
        messageEndTime,
        uncompressedSize,
        uncompressedCrc: crc32(buffer),
        compression: '',
        records: buffer,
      })
      const indexStart = this.#position + BigInt(this.#records.length)
      const messageIndexOffsets = new Map<number, bigint>()
      for (const index of this.#chunk.indices) {
        messageIndexOffsets.set(index.channelId, this.#position + BigInt(this.#records.length))
        this.#records.writeMessageIndex(index)
      }
      this.#chunks++
      this.#chunkIndexes.writeChunkIndex({
        messageStartTime,
        messageEndTime,
        chunkStartOffset,
        chunkLength,
        messageIndexOffsets,
        messageIndexLength: this.#position + BigInt(this.#records.length) - indexStart,
        compression: '',
        compressedSize: uncompressedSize,
        uncompressedSize,
      })
      this.#chunk.reset()
    }
    return this.#take()
  }

  /** The last chunk and the summary that lets readers jump. */
  takeEnd(): Uint8Array {
    const last = this.takeChunk()
    this.#records.writeDataEnd({ dataSectionCrc: this.#crc })
    const end = this.#take()
    const summary = this.#summary()
    return Buffer.concat([last, end, summary])
  }

  #add(channelId: number, data: Uint8Array, timeS: number): void {
    const time = logTime(this.#startEpochNs, timeS)
    if (this.#sequence === 0 || time < this.#startNs) this.#startNs = time
    if (time > this.#endNs) this.#endNs = time
    this.#counts.set(channelId, this.#counts.get(channelId)! + 1n)
    this.#chunk.addMessage({ channelId, sequence: this.#sequence++, logTime: time, publishTime: time, data })
  }

  #take(): Uint8Array {
    const bytes = this.#records.buffer.slice()
    this.#records.reset()
    this.#position += BigInt(bytes.length)
    this.#crc = crc32(bytes, this.#crc)
    return bytes
  }

  #summary(): Uint8Array {
    const records = this.#records
    const summaryStart = this.#position
    writeSchemaAndChannels(records)
    records.writeStatistics({
      messageCount: BigInt(this.#sequence),
      schemaCount: 1,
      channelCount: 2,
      attachmentCount: 0,
      metadataCount: 1,
      chunkCount: this.#chunks,
      messageStartTime: this.#startNs,
      messageEndTime: this.#endNs,
      channelMessageCounts: this.#counts,
    })
    records.writeMetadataIndex(this.#metadataIndex)
    const before = records.buffer.slice()
    records.reset()
    // a summary CRC of 0 means that none is given
    records.writeFooter({ summaryStart, summaryOffsetStart: 0n, summaryCrc: 0 })
    records.writeMagic()
    return Buffer.concat([before, this.#chunkIndexes.buffer, records.buffer])
  }
}

function writeSchemaAndChannels(records: McapRecordBuilder): void {
  records.writeSchema({
    id: MARK_SCHEMA,
    name: 'footfall.Mark',
    encoding: 'jsonschema',
    data: Buffer.from(
      JSON.stringify({
        type: 'object',
        properties: {
          timeS: { type: 'number' },
          kind: { type: 'string' },
          text: { type: 'string' },
          tag: { type: 'object' },
        },
      }),
    ),
  })
  const metadata = new Map<string, string>()
  records.writeChannel({
    id: FRAMES_CHANNEL,
    schemaId: 0,
    topic: FRAMES_TOPIC,
    messageEncoding: 'footfall-frame',
    metadata,
  })
  records.writeChannel({
    id: MARKS_CHANNEL,
    schemaId: MARK_SCHEMA,
    topic: MARKS_TOPIC,
    messageEncoding: 'json',
    metadata,
  })
}
