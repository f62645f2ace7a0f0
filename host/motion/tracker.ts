/**
 * Gains of an alpha-beta tracker for its n-th measurement (n from 1): those of a growing straight-line fit, until they
 * have come down to the steady ones (Brookner 1998, "Tracking and Kalman Filtering Made Easy", 1.2.10 and 3.3).
 */
export function alphaBetaGains(n: number, steadyAlpha: number, steadyBeta: number): [number, number] {
  const alpha = (2 * (2 * n - 1)) / (n * (n + 1))
  const beta = 6 / (n * (n + 1))
  return [n < 2 ? 1 : Math.max(alpha, steadyAlpha), n < 2 ? 0 : Math.max(beta, steadyBeta)]
}

/** Wraps to (−π, π]. */
export const wrapAngle = (angle: number): number => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI))

/** What an angle tracker knew at a time; it can be asked for near times later. */
export interface AngleState {
  readonly timeS: number
  readonly value: number
  /** rad/s */
  readonly rate: number
  /** Mean square of what the last measurements were off by, rad². */
  readonly variance: number
}

export const angleAt = (state: AngleState, timeS: number): number =>
  state.value + state.rate * (timeS - state.timeS)

/** Follows an angle that drifts slowly, rad; measurements come once a stride. */
export class AngleTracker {
  private readonly alpha: number
  private readonly beta: number
  /** Measurements taken since the start. */
  count = 0
  private current: AngleState | null = null

  constructor(alpha: number, beta: number) {
    this.alpha = alpha
    this.beta = beta
  }

  get state(): AngleState | null {
    return this.current
  }

  observe(timeS: number, measured: number): void {
    this.count++
    const last = this.current
    if (last === null) {
      this.current = { timeS, value: measured, rate: 0, variance: 0 }
      return
    }
    const predicted = angleAt(last, timeS)
    const error = wrapAngle(measured - predicted)
    const [alpha, beta] = alphaBetaGains(this.count, this.alpha, this.beta)
    const fresh = this.count > 2 ? (error * error - last.variance) / Math.min(this.count - 2, 20) : 0
    this.current = {
      timeS,
      value: predicted + alpha * error,
      rate: last.rate + (beta * error) / (timeS - last.timeS),
      variance: last.variance + fresh,
    }
  }

  restart(): void {
    this.count = 0
    this.current = null
  }
}
