import { PodClock } from '../../host/clock/pod-clock.ts'
import { exponential, type Heard, simulate, uniform, type Wire } from './simulated-pod.ts'

/** Errors are counted from so long after a start, s. */
const SETTLED_S = 20
const PODS = 4
const uniformDelay =
  (least: number, most: number): Wire['up'] =>
  (u) =>
    least + (most - least) * u()

export const WIRES = {
  usb: { down: exponential(0.0003, 0.0005, 0.032), up: exponential(0.0003, 0.001, 0.032) },
  bluetooth: { down: uniformDelay(0.001, 0.0085), up: uniformDelay(0.001, 0.0085) },
  radio: { down: exponential(0.001, 0.008, 0.065), up: exponential(0.001, 0.02, 0.065) },
  hopeless: { down: uniformDelay(0.001, 0.065), up: uniformDelay(0.001, 0.011) },
  lopsided: { down: uniformDelay(0.011, 0.0185), up: uniformDelay(0.001, 0.0085) },
} satisfies Record<string, Wire>

export interface ClockScenario {
  name: string
  wire: Wire
  rateHz?: number
  seconds?: number
  /** Oscillators drift by up to so many ppm a minute, either way. */
  rampPpmPerMin?: number
  /** Every pod boots in between, at its own moment. */
  reset?: boolean
  /** Share of the frames lost for good, in bursts of 20. */
  lost?: number
}

export interface ClockScore {
  /** Absolute errors of frames' first samples, ms, rising. */
  errorsMs: number[]
  /** Of two pods of one session, at the same time, ms, rising. */
  betweenMs: number[]
  /** Absolute errors of the sample rate at the end, ppm, rising. */
  ratePpm: number[]
  /** Shares of frames whose error is within once and twice what the clock stated. */
  within: [once: number, twice: number]
  statedMs: number[]
}

interface Given {
  timeS: number
  errorS: number
  statedMs: number
}

/** Sessions of four simulated pods, so many of them; oscillators within ±100 ppm, sample rates within ±5 %, device clocks that wrap. */
export function scoreClock(scenario: ClockScenario, seeds: readonly number[]): ClockScore {
  const score: ClockScore = { errorsMs: [], betweenMs: [], ratePpm: [], within: [0, 0], statedMs: [] }
  for (const seed of seeds) {
    const pods = Array.from({ length: PODS }, (_, k) => run(scenario, 1000 * seed + k, score))
    for (const given of pods)
      for (const { errorS, statedMs } of given) {
        const errorMs = Math.abs(1e3 * errorS)
        score.errorsMs.push(errorMs)
        score.statedMs.push(statedMs)
        if (errorMs <= statedMs) score.within[0]++
        if (errorMs <= 2 * statedMs) score.within[1]++
      }
    for (let k = 1; k < PODS; k++) between(pods[0]!, pods[k]!, score.betweenMs)
  }
  score.within = [score.within[0] / score.errorsMs.length, score.within[1] / score.errorsMs.length]
  for (const list of [score.errorsMs, score.betweenMs, score.ratePpm, score.statedMs])
    list.sort((a, b) => a - b)
  return score
}

export const quantile = (rising: readonly number[], q: number): number =>
  rising[Math.floor(q * (rising.length - 1))]!

function run(scenario: ClockScenario, seed: number, score: ClockScore): Given[] {
  const { seconds = 80, rateHz = 416, wire } = scenario
  const u = uniform(seed)
  const clock = new PodClock(rateHz)
  const rateError = 0.1 * (u() - 0.5)
  const pod = {
    seed,
    nominalHz: rateHz,
    rateError,
    skew: 200e-6 * (u() - 0.5),
    skewRamp: ((scenario.rampPpmPerMin ?? 0) * 1e-6 * (2 * u() - 1)) / 60,
    wire,
    // half of them wrap within the run
    deviceAtZeroS: 4294.967296 - 160 * u(),
  }
  const resetS = scenario.reset ? 30 + 10 * u() : seconds
  const given = hear(clock, thinned(simulate({ ...pod, seconds: resetS }), scenario.lost ?? 0, u), SETTLED_S)
  if (scenario.reset) {
    clock.reset()
    const again = { ...pod, seed: seed + 500, deviceAtZeroS: 4 - resetS, fromS: resetS + 4 }
    given.push(...hear(clock, simulate({ ...again, seconds: seconds + 30 }), resetS + 4 + SETTLED_S))
  }
  score.ratePpm.push(Math.abs(1e6 * (clock.rateHz! / (rateHz * (1 + rateError)) - 1)))
  return given
}

function hear(clock: PodClock, heard: readonly Heard[], fromS: number): Given[] {
  const given: Given[] = []
  for (const one of heard)
    if ('tokenUs' in one) clock.reply(one.tokenUs, one.receivedUs, one.sentUs, one.arrivalS)
    else {
      clock.samples(one.header, one.arrivalS)
      if (one.arrivalS < fromS) continue
      given.push({
        timeS: one.trueFirstS,
        errorS: clock.firstS - one.trueFirstS,
        statedMs: clock.errorMs ?? Number.POSITIVE_INFINITY,
      })
    }
  return given
}

/** Takes frames out at random, 20 in a row; replies stay. */
function thinned(heard: readonly Heard[], share: number, u: () => number): readonly Heard[] {
  let gone = 0
  return heard.filter((one) => {
    if ('tokenUs' in one || share === 0) return true
    if (gone > 0) gone--
    else if (u() < share / 20) gone = 19
    else return true
    return false
  })
}

/** Differences of errors at nearly the same time. */
function between(one: readonly Given[], other: readonly Given[], onto: number[]): void {
  let k = 0
  for (const { timeS, errorS } of one) {
    while (k + 1 < other.length && other[k]!.timeS < timeS) k++
    if (Math.abs(other[k]!.timeS - timeS) < 0.1) onto.push(Math.abs(1e3 * (errorS - other[k]!.errorS)))
  }
}
