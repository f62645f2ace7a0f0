/** A tap shakes a pod by this much at least, m/s². */
const LEAST_SPIKE = 8
/** … and every other pod by less than this share of it. */
const OTHERS_SHARE = 1 / 3
/** Before a tap the pod lay still for so long, s … */
const STILL_S = 0.6
/** … to within this, m/s²; and it does again this soon after, s. */
const STILL = 3
const SHAKES_S = 0.25
/** What other pods felt at that time has come when so much time has passed, s. */
const WAIT_S = 0.4
/** Gravity as a pod feels it is followed with this time constant, s. */
const FOLLOW_S = 0.5

interface Felt {
  /** Specific force without shakes, m/s². */
  level: number
  movedS: number
  /** The shake out of stillness that began at `spikeS`; 0 when there is none. */
  spike: number
  spikeS: number
}

/**
 * Finds the pod that is tapped: a short shake out of stillness that no other pod feels alike. Picking a pod up is none, because it goes on; a
 * knock on the table is none, because all feel it.
 */
export class TapFinder {
  /** The pod that was tapped. */
  found: string | null = null
  readonly #pods = new Map<string, Felt>()

  /** @param sample ax ay az first, m/s² */
  sample(id: string, rateHz: number, arrivalS: number, sample: Float64Array): void {
    const norm = Math.hypot(sample[0]!, sample[1]!, sample[2]!)
    let felt = this.#pods.get(id)
    if (felt === undefined) {
      felt = { level: norm, movedS: arrivalS, spike: 0, spikeS: arrivalS }
      this.#pods.set(id, felt)
    }
    const off = norm - felt.level
    felt.level += Math.min(STILL, Math.max(-STILL, off)) / (FOLLOW_S * rateHz)
    if (Math.abs(off) > STILL) shake(felt, Math.abs(off), arrivalS)
    this.found ??= this.#tapped(arrivalS)
  }

  #tapped(nowS: number): string | null {
    for (const [id, felt] of this.#pods) {
      if (felt.spike < LEAST_SPIKE || nowS - felt.spikeS < WAIT_S) continue
      const others = this.#at(felt.spikeS).filter((other) => other !== felt)
      const isAlone = others.every(({ spike }) => spike < OTHERS_SHARE * felt.spike)
      if (isAlone && felt.movedS - felt.spikeS < SHAKES_S) return id
      // one knock is judged once, for all who felt it
      for (const one of [felt, ...others]) one.spike = 0
    }
    return null
  }

  #at(timeS: number): Felt[] {
    return [...this.#pods.values()].filter(({ spikeS }) => Math.abs(spikeS - timeS) < WAIT_S)
  }
}

function shake(felt: Felt, off: number, nowS: number): void {
  const outOfStillness = nowS - felt.movedS > STILL_S
  felt.movedS = nowS
  if (outOfStillness) {
    felt.spike = off
    felt.spikeS = nowS
  } else if (nowS - felt.spikeS < SHAKES_S && felt.spike > 0) felt.spike = Math.max(felt.spike, off)
}
