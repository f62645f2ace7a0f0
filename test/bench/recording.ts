import { join } from 'node:path'
import { McapWriter } from '@mcap/core'
import type { SessionInfo } from '../../host/analysis/session-info.ts'
import { Recorder } from '../../host/session/recorder.ts'
import { logTime, RecordingFile } from '../../host/session/recording-file.ts'
import { HEADER_BYTES } from '../../shared/frame.ts'
import { cpuMs, print, say } from './print.ts'
import type { StampedFrame } from './stream.ts'

const START_NS = 1_700_000_000_000_000_000n
/** A recorder's flush comes so often in session time, s. */
const FLUSH_S = 0.2
const RUNS = 8

/** What it costs to record these frames, beside the general writer that takes them one by one. */
export async function recording(
  folder: string,
  info: SessionInfo,
  frames: readonly StampedFrame[],
): Promise<void> {
  say('recording')
  let ours = Number.POSITIVE_INFINITY
  let theirs = Number.POSITIVE_INFINITY
  let bytes = 0
  for (let k = 0; k < RUNS; k++) {
    const startMs = cpuMs()
    bytes = fileBytes(info, frames)
    const betweenMs = cpuMs()
    await generalWriter(frames)
    theirs = Math.min(theirs, cpuMs() - betweenMs)
    ours = Math.min(ours, betweenMs - startMs)
  }
  print('yardstick: @mcap/core writer, chunks of 1 MB, per frame', (theirs * 1e3) / frames.length, 'µs', 2)
  print('recording, chunks of 0.2 s with CRC and index, per frame', (ours * 1e3) / frames.length, 'µs', 2)
  print(
    'recording, taking a frame while the disk is written to',
    await takingUs(folder, info, frames),
    'µs',
    2,
  )
  const sent = frames.reduce((sum, frame) => sum + frame.bytes.length, 0)
  const payload = frames.reduce((sum, frame) => sum + frame.bytes.length - HEADER_BYTES - 4, 0)
  print('recording on disk over what the pods sent', bytes / sent, '×', 3)
  print('recording on disk over raw payload', bytes / payload, '×', 3)
}

/** The whole file in memory, chunk by chunk as a live session makes them; its length. */
function fileBytes(info: SessionInfo, frames: readonly StampedFrame[]): number {
  const file = new RecordingFile(info, START_NS)
  let bytes = file.takeChunk().length
  let dueS = FLUSH_S
  for (const { bytes: frame, arrivalS } of frames) {
    if (arrivalS >= dueS) {
      bytes += file.takeChunk().length
      dueS += FLUSH_S
    }
    file.addFrame(frame, arrivalS)
  }
  return bytes + file.takeEnd().length
}

async function generalWriter(frames: readonly StampedFrame[]): Promise<void> {
  let position = 0n
  const writer = new McapWriter({
    writable: {
      position: () => position,
      write: async (bytes: Uint8Array) => {
        position += BigInt(bytes.length)
      },
    },
  })
  await writer.start({ profile: '', library: '' })
  const channelId = await writer.registerChannel({
    schemaId: 0,
    topic: 'frames',
    messageEncoding: 'bytes',
    metadata: new Map(),
  })
  let sequence = 0
  for (const { bytes, arrivalS } of frames) {
    const time = logTime(START_NS, arrivalS)
    await writer.addMessage({
      channelId,
      sequence: sequence++,
      logTime: time,
      publishTime: time,
      data: bytes,
    })
  }
  await writer.end()
}

/** To a real file, in bursts with room between them for the disk. */
async function takingUs(folder: string, info: SessionInfo, frames: readonly StampedFrame[]): Promise<number> {
  const recorder = await Recorder.create(join(folder, 'taken.mcap'), info, START_NS, (problem) => {
    throw new Error(problem)
  })
  const burst = 200
  let spentMs = 0
  for (let from = 0; from < frames.length; from += burst) {
    const startMs = performance.now()
    for (const { bytes, arrivalS } of frames.slice(from, from + burst)) recorder.frame(bytes, arrivalS)
    spentMs += performance.now() - startMs
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await recorder.close()
  return (spentMs * 1e3) / frames.length
}
