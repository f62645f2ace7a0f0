import { type FileHandle, open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { McapConstants, McapStreamReader, type McapTypes } from '@mcap/core'
import { InputError } from './input-error.ts'

const PIECE_BYTES = 1 << 18
/** Opcode and length before every record. */
const LEAD_BYTES = 9
/** A chunk's fields before its records, without compression. */
const CHUNK_FIELDS_BYTES = 40
/** A message's channel, sequence and two times before its data. */
const MESSAGE_FIELDS_BYTES = 22
/** What is looked at when the next record is sought behind damage. */
const SOUGHT_BYTES = LEAD_BYTES + CHUNK_FIELDS_BYTES
/** More than one chunk can grow to while the disk is slow; a longer record is a damaged length. */
const MAX_RECORD_BYTES = 128 * 1024 * 1024
const { HEADER, FOOTER, SCHEMA, CHANNEL, MESSAGE, CHUNK, METADATA, DATA_END, MAX } = McapConstants.Opcode
/** The indexes between and behind are for readers that jump. */
const READ: ReadonlySet<number> = new Set([HEADER, SCHEMA, CHANNEL, MESSAGE, CHUNK, METADATA, DATA_END])

/** Bytes `from` up to `to` of the file belong to no record that can be believed. */
export interface Damage {
  type: 'Damage'
  from: number
  to: number
}

/** A message of a chunk; its bytes lie where they were read and are good for as long as they are held. */
export interface Message {
  type: 'Message'
  channelId: number
  logTime: bigint
  data: Uint8Array
}

type Other = Exclude<McapTypes.TypedMcapRecord, { type: 'Message' }>

/** The file ends without the end of its data: it is being written, its writer was killed, or it was cut. */
export interface Cut {
  type: 'Cut'
}

/**
 * The records of a recording's data in the order of the file, those of a chunk together, and of whole chunks only. Behind damage it goes on with the next chunk
 * whose CRC holds.
 * @param passOver says of a whole chunk whether its records are not wanted
 * @throws InputError when it cannot be read or is no MCAP file
 */
export async function* readRecords(
  path: string,
  passOver: (chunk: Buffer) => boolean = () => false,
): AsyncGenerator<(Message | Other | Damage | Cut)[]> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new InputError(path, null, error.code === 'ENOENT' ? 'there is no such file' : error.message)
  })
  try {
    const bytes = new FileWindow(file, (await file.stat()).size)
    const magic = await bytes.at(0, McapConstants.MCAP_MAGIC.length)
    if (magic === null || McapConstants.MCAP_MAGIC.some((byte, i) => magic[i] !== byte))
      throw new InputError(path, null, 'no recording: it does not begin as an MCAP file does')
    const reader = new McapStreamReader({ noMagicPrefix: true, validateCrcs: false })
    for (let at = magic.length; ; ) {
      const record = await recordAt(bytes, at)
      if (record === null) {
        const whole = await nextWhole(bytes, at + 1)
        if (whole === null) {
          yield [{ type: 'Cut' }]
          return
        }
        yield [{ type: 'Damage', from: at, to: whole }]
        at = whole
        continue
      }
      at += record.length
      if (!READ.has(record[0]!) || (record[0] === CHUNK && passOver(record))) continue
      yield parsed(record, reader, path)
      if (record[0] === DATA_END) return
    }
  } finally {
    await file.close()
  }
}

/** The channel of each message in a whole chunk. */
export function* channelsOf(chunk: Buffer): Generator<number> {
  for (const record of recordsIn(chunk)) if (record[0] === MESSAGE) yield record.readUInt16LE(LEAD_BYTES)
}

/** The records in a whole chunk. */
function* recordsIn(chunk: Buffer): Generator<Buffer> {
  for (let at = SOUGHT_BYTES; at < chunk.length; ) {
    const end = at + LEAD_BYTES + Number(chunk.readBigUInt64LE(at + 1))
    yield chunk.subarray(at, end)
    at = end
  }
}

/** What a whole record says. Messages, which are many, are read here, because the library copies each; everything else is the library's. */
function parsed(record: Buffer, reader: McapStreamReader, path: string): (Message | Other)[] {
  const out: (Message | Other)[] = []
  try {
    for (const one of record[0] === CHUNK ? recordsIn(record) : [record]) {
      if (one[0] === MESSAGE) {
        out.push(messageOf(one))
        continue
      }
      reader.append(one)
      for (let read = reader.nextRecord(); read !== undefined; read = reader.nextRecord())
        if (read.type !== 'Message') out.push(read)
    }
  } catch (error) {
    // only the head of a file is not covered by a check of its own
    throw new InputError(path, null, `the head of this recording is damaged: ${(error as Error).message}`)
  }
  return out
}

const messageOf = (record: Buffer): Message => ({
  type: 'Message',
  channelId: record.readUInt16LE(LEAD_BYTES),
  logTime: record.readBigUInt64LE(LEAD_BYTES + 6),
  data: new Uint8Array(
    record.buffer,
    record.byteOffset + LEAD_BYTES + MESSAGE_FIELDS_BYTES,
    record.length - LEAD_BYTES - MESSAGE_FIELDS_BYTES,
  ),
})

/** The whole record that begins there, or `null` when none that can be believed does. */
async function recordAt(bytes: FileWindow, at: number): Promise<Buffer | null> {
  const lead = await bytes.at(at, LEAD_BYTES)
  if (lead === null) return null
  const opcode = lead[0]!
  const length = lead.readBigUInt64LE(1)
  if (opcode === 0 || opcode > MAX || length > MAX_RECORD_BYTES) return null
  const record = await bytes.at(at, LEAD_BYTES + Number(length))
  return record === null || (opcode === CHUNK && !isWholeChunk(record)) ? null : record
}

/** Uncompressed, of lengths that agree, and with its CRC. */
function isWholeChunk(record: Buffer): boolean {
  if (!looksLikeChunk(record)) return false
  const records = record.subarray(SOUGHT_BYTES)
  return crc32(records) === record.readUInt32LE(LEAD_BYTES + 24)
}

function looksLikeChunk(bytes: Buffer): boolean {
  if (bytes.length < SOUGHT_BYTES || bytes[0] !== CHUNK) return false
  const records = bytes.readBigUInt64LE(LEAD_BYTES + 32)
  return (
    bytes.readBigUInt64LE(1) === records + BigInt(CHUNK_FIELDS_BYTES) &&
    bytes.readBigUInt64LE(LEAD_BYTES + 16) === records &&
    bytes.readUInt32LE(LEAD_BYTES + 28) === 0
  )
}

/** The end of the data, with the first record of the summary or the footer behind it. */
function looksLikeDataEnd(bytes: Buffer): boolean {
  const next = bytes[LEAD_BYTES + 4]
  return bytes[0] === DATA_END && bytes.readBigUInt64LE(1) === 4n && (next === SCHEMA || next === FOOTER)
}

/** Where the next whole chunk, or the end of the data, begins; `null` when there is none. */
async function nextWhole(bytes: FileWindow, from: number): Promise<number | null> {
  for (let at = from; at + SOUGHT_BYTES <= bytes.size; ) {
    const piece = (await bytes.at(at, Math.min(PIECE_BYTES, bytes.size - at)))!
    const found = firstLikely(piece)
    at += found ?? piece.length - SOUGHT_BYTES + 1
    if (found === null) continue
    if ((await recordAt(bytes, at)) !== null) return at
    at++
  }
  return null
}

function firstLikely(piece: Buffer): number | null {
  for (let i = 0; i + SOUGHT_BYTES <= piece.length; i++)
    if ((piece[i] === CHUNK || piece[i] === DATA_END) && isLikely(piece.subarray(i, i + SOUGHT_BYTES)))
      return i
  return null
}

const isLikely = (bytes: Buffer): boolean => looksLikeChunk(bytes) || looksLikeDataEnd(bytes)

/** Pieces of a file by their place, read far enough ahead that most are there already. What has been given out stays as it is. */
class FileWindow {
  readonly size: number
  readonly #file: FileHandle
  #buffer: Buffer = Buffer.alloc(0)
  #start = 0

  constructor(file: FileHandle, size: number) {
    this.#file = file
    this.size = size
  }

  /** `null` when the file ends before. */
  async at(place: number, length: number): Promise<Buffer | null> {
    if (place + length > this.size) return null
    if (place < this.#start || place + length > this.#start + this.#buffer.length) {
      const buffer = Buffer.alloc(Math.max(length, PIECE_BYTES))
      const { bytesRead } = await this.#file.read(buffer, 0, buffer.length, place)
      this.#buffer = buffer.subarray(0, bytesRead)
      this.#start = place
      if (bytesRead < length) return null
    }
    return this.#buffer.subarray(place - this.#start, place - this.#start + length)
  }
}
