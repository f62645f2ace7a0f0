import type { VirtualPod } from '../../firmware/virtual/pod.ts'
import { FrameDecoder } from '../../host/link/decoder.ts'
import { commandLine } from '../../shared/messages.ts'
import { toMicros } from '../../shared/micros.ts'
import { virtualPods } from './rig.ts'

export interface StampedFrame {
  bytes: Uint8Array
  arrivalS: number
}

/** Pods move on together in such steps, s; so often the host reads what they sent. */
const STEP_S = 0.005
const QUICK_PING_S = 0.25
const QUICK_PINGS = 20
const PING_S = 2

/**
 * What virtual pods, four unless others are given, send in so many seconds of a simulated run, in the order of its arrival at a host that starts and pings them
 * as `host/link` does. Nothing waits for a wall clock: the same call gives the same frames.
 */
export async function streamedFrames(
  seconds: number,
  seed = 1,
  pods?: readonly VirtualPod[],
): Promise<StampedFrame[]> {
  pods ??= await virtualPods(seed)
  const frames: StampedFrame[] = []
  let nowS = 0
  for (const pod of pods) {
    const decoder = new FrameDecoder((bytes) => frames.push({ bytes: bytes.slice(), arrivalS: nowS }))
    pod.onBytes((bytes) => decoder.push(bytes))
    pod.receive(commandLine('start', 1))
  }
  let pings = 0
  let pingS = 0
  for (let step = 1; nowS < seconds; step++) {
    nowS = Math.round(step * STEP_S * 1e6) / 1e6
    for (const pod of pods) pod.advanceTo(nowS)
    if (nowS < pingS) continue
    for (const pod of pods) pod.receive(commandLine('ping', 2 + pings, { token: toMicros(nowS) }))
    pingS = nowS + (pings++ < QUICK_PINGS ? QUICK_PING_S : PING_S)
  }
  return frames
}
