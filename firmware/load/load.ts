import { CPUS } from '../build/boards.ts'
import { buildFirmware } from '../build/build.ts'
import { type TargetRequest, targetOf } from '../build/target.ts'
import { VirtualPod } from '../virtual/pod.ts'
import type { WornImu } from '../virtual/worn.ts'
import { METER, metered, type Work } from './work-meter.ts'

/** More of its time than this a board must not spend at its default rate: the rest is the radio's, the commands' and chance's. */
export const MOST_LOAD = 0.6

/**
 * Thousands of instructions, as counted on a Thumb-2 build of the interpreter (±40 % when turned into time): a piece of syntax gone through, a
 * call, a global found, and a byte read from the bus into an array, copied, checked and written.
 */
const COST = {
  node: 1.1,
  call: 7,
  global: 8,
  byteRead: 0.1,
  byteCopied: 0.28,
  byteChecked: 0.22,
  byteWritten: 0.26,
}
const COST_OF_BYTE = COST.byteRead + COST.byteCopied + COST.byteChecked + COST.byteWritten

export interface Load {
  /** Share of the interpreter's time. */
  share: number
  /** What is gone through for one frame of samples, the ticks that find none and the status included. */
  perFrame: Work
  /** Native calls for one frame. */
  nativesPerFrame: number
}

const SETTLED_S = 1
const MEASURED_S = 6

const lying: WornImu = {
  sampleAt(_timeS, out) {
    out.fill(0)
    out[2] = 9.81
  },
}

/** Runs a target's bundle on the stand-in at one rate, counts what it does, and estimates the time that takes on the board. */
export async function measureLoad(request: TargetRequest, rateHz: number): Promise<Load> {
  const target = targetOf(request)
  const { code } = await buildFirmware(request)
  const work: Work = { nodes: 0, calls: 0, globals: 0 }
  const pod = new VirtualPod({
    ...request,
    code: metered(code),
    worn: lying,
    id: 'load',
    globals: {
      [METER]: (nodes: number, calls: number, globals: number) => {
        work.nodes += nodes
        work.calls += calls
        work.globals += globals
      },
    },
  })
  let bytes = 0
  let frames = 0
  pod.onBytes((frame) => {
    bytes += frame.length
    if ((frame[2]! & 15) === 2) frames++
  })
  pod.receive(`set 1 rateHz=${rateHz}\nstart 2\n`)
  pod.advanceTo(SETTLED_S)
  const before = { ...work, bytes, frames, natives: pod.machine.nativeCalls, busS: pod.machine.busyS }
  pod.advanceTo(SETTLED_S + MEASURED_S)
  const done: Work = {
    nodes: work.nodes - before.nodes,
    calls: work.calls - before.calls,
    globals: work.globals - before.globals,
  }
  const thousands =
    COST.node * done.nodes +
    COST.call * done.calls +
    COST.global * done.globals +
    COST_OF_BYTE * (bytes - before.bytes)
  const busyS = (thousands * CPUS[target.board.cpu].usPerThousand) / 1e6 + pod.machine.busyS - before.busS
  const sent = frames - before.frames
  return {
    share: busyS / MEASURED_S,
    perFrame: { nodes: done.nodes / sent, calls: done.calls / sent, globals: done.globals / sent },
    nativesPerFrame: (pod.machine.nativeCalls - before.natives) / sent,
  }
}

/**
 * @throws Error when a board would be too busy at the rate it starts with
 */
export async function requireBudget(request: TargetRequest): Promise<Load> {
  const { name, rates } = targetOf(request)
  const load = await measureLoad(request, rates[0]!)
  if (load.share > MOST_LOAD)
    throw new Error(
      `pod-${name} would be busy ${Math.round(100 * load.share)} % of its time at ${rates[0]} Hz, its default: at most ${100 * MOST_LOAD} %`,
    )
  return load
}
