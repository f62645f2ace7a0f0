import { pingWaitMs } from '../../host/link/pings.ts'
import { emptyHeader, type FrameHeader } from '../../shared/frame.ts'
import { toMicros } from '../../shared/micros.ts'

/** Uniform in [0, 1), the same for the same seed (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A one-way delay, s, drawn from a uniform variate source. */
export type Delay = (u: () => number) => number
export const exponential =
  (least: number, mean: number, most: number): Delay =>
  (u) =>
    Math.min(most, least - mean * Math.log(1 - u()))

export interface Wire {
  down: Delay
  up: Delay
}

export type Heard =
  | { arrivalS: number; header: FrameHeader; trueFirstS: number; truePeriodS: number }
  | { arrivalS: number; tokenUs: number; receivedUs: number; sentUs: number }

export interface SimulatedPod {
  seed: number
  seconds: number
  nominalHz: number
  /** Fraction by which the chip is faster than nominal. */
  rateError: number
  /** Fraction by which the pod's clock is faster than the host's. */
  skew: number
  wire: Wire
  /** Change of `skew` a second, as it warms up. */
  skewRamp?: number
  /** Device clock at session time 0, s. */
  deviceAtZeroS: number
  /** Session time at which it starts, s. */
  fromS?: number
}

/**
 * Everything the host hears of one pod, in order of arrival, with the true times beside it in closed form: sample k is
 * taken at `startS + k / rate`, the device clock shows `deviceAtZeroS + (1 + skew) · session time`, and ½ `skewRamp` · session time² on top. The pod looks at
 * its FIFO every 10 ms ± jitter and sends batches of 20; pings go out as the link sends them.
 */
export function simulate(pod: SimulatedPod): Heard[] {
  const u = uniform(pod.seed)
  const { fromS = 0, skewRamp = 0 } = pod
  const deviceUs = (sessionS: number) =>
    toMicros(pod.deviceAtZeroS + (1 + pod.skew) * sessionS + 0.5 * skewRamp * sessionS ** 2)
  const truePeriodS = 1 / (pod.nominalHz * (1 + pod.rateError))
  const startS = fromS + 0.2 * u()
  const heard: Heard[] = []
  const onWire = { down: 0, up: 0 }
  // a serial line keeps its order: nothing overtakes
  const arrive = (way: 'down' | 'up', sentS: number) => {
    onWire[way] = Math.max(onWire[way] + 1e-5, sentS + pod.wire[way](u))
    return onWire[way]
  }
  let nextPingS = fromS + 0.05
  let pings = 0
  let read = 0
  let sequence = 0
  for (let nowS = startS; nowS < pod.seconds; nowS += 0.01 + 0.005 * u()) {
    while (nextPingS <= nowS) {
      const receivedS = arrive('down', nextPingS)
      const sentS = receivedS + 0.001 + 0.002 * u()
      heard.push({
        arrivalS: arrive('up', Math.max(sentS, onWire.up)),
        tokenUs: toMicros(nextPingS),
        receivedUs: deviceUs(receivedS),
        sentUs: deviceUs(sentS),
      })
      nextPingS += pingWaitMs(++pings) / 1e3
    }
    const level = Math.floor((nowS - startS) / truePeriodS) + 1 - read
    if (level < 20) continue
    heard.push({
      arrivalS: arrive('up', nowS),
      header: {
        ...emptyHeader(),
        count: 20,
        flags: Math.min(127, level - 20),
        sequence: sequence++,
        timeUs: deviceUs(nowS),
        firstSample: read,
      },
      trueFirstS: startS + read * truePeriodS,
      truePeriodS,
    })
    read += 20
  }
  return heard.sort((a, b) => a.arrivalS - b.arrivalS)
}
