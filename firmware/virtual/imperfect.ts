import { DEG, GRAVITY } from '../../shared/imu.ts'
import { PLACES, type Place, segmentOf, sideOf } from '../../shared/places.ts'
import { Dice, hash, normalFrom, stir } from './runner/random.ts'
import type { Runner } from './runner/runner.ts'
import type { WornImu, WornPods } from './worn.ts'

/** How wrong an IMU is; standard deviations over pods unless said. */
export interface ImuErrors {
  gyroBiasDegPerS: number
  /** Largest change of the gyro's bias in a minute; it swings with a period of ten minutes. */
  gyroDriftDegPerSPerMin: number
  gyroNoiseDegPerS: number
  /** Each axis' share of the others. */
  gyroCrossAxisPct: number
  gyroPerGDegPerS: number
  accelBias: number
  /** m/s² a sample. */
  accelNoise: number
  /** Largest turn of a shin pod on its strap after contact, deg; 12 Hz, dying out. */
  wobbleDeg: number
}

/** A calibrated consumer IMU on a firm strap. */
export const CLEAN: ImuErrors = {
  gyroBiasDegPerS: 0.5,
  gyroDriftDegPerSPerMin: 0,
  gyroNoiseDegPerS: 0.1,
  gyroCrossAxisPct: 0,
  gyroPerGDegPerS: 0,
  accelBias: 0.1,
  accelNoise: 0.03,
  wobbleDeg: 0,
}

/** The same on a soft calf, warming up, with the faults of its data sheet. */
export const HARD: ImuErrors = {
  ...CLEAN,
  gyroDriftDegPerSPerMin: 0.3,
  gyroCrossAxisPct: 1,
  gyroPerGDegPerS: 0.05,
  wobbleDeg: 2.5,
}

const DRIFT_PERIOD_S = 600
const WOBBLE_HZ = 12
const WOBBLE_DIES_S = 0.07
const WOBBLE_STARTS_S = 0.01

/** A worn IMU with faults. Like the ideal one a pure function of time: the noise, too, is drawn from the time itself. */
export class ImperfectImu implements WornImu {
  readonly #ideal: WornImu
  readonly #errors: ImuErrors
  readonly #seed: number
  readonly #contactBefore: (timeS: number) => number
  readonly #gyroBias: Float64Array
  readonly #driftPhase: Float64Array
  readonly #accelBias: Float64Array
  /** Row-major 3 × 3: measured from true rate, and rate per m/s². */
  readonly #gyroMix: Float64Array
  readonly #gyroPerForce: Float64Array
  readonly #strapAxis: Float64Array
  readonly #noise = new Float64Array(6)
  readonly #turned = new Float64Array(6)
  readonly #bits = new Float64Array(1)
  readonly #words = new Uint32Array(this.#bits.buffer)

  /** @param contactBefore time of the leg's last contact; needed for a wobble only */
  constructor(
    ideal: WornImu,
    errors: ImuErrors,
    seed: number,
    contactBefore: (timeS: number) => number = () => Number.NEGATIVE_INFINITY,
  ) {
    this.#ideal = ideal
    this.#errors = errors
    this.#seed = seed
    this.#contactBefore = contactBefore
    const dice = new Dice(hash(seed, 0x494d55))
    const drawn = (n: number, sd: number): Float64Array =>
      Float64Array.from({ length: n }, () => dice.normal(sd))
    this.#gyroBias = drawn(3, errors.gyroBiasDegPerS * DEG)
    this.#driftPhase = Float64Array.from({ length: 3 }, () => dice.between(0, 2 * Math.PI))
    this.#accelBias = drawn(3, errors.accelBias)
    this.#gyroMix = drawn(9, errors.gyroCrossAxisPct / 100)
    for (const i of [0, 4, 8]) this.#gyroMix[i] = 1
    this.#gyroPerForce = drawn(9, (errors.gyroPerGDegPerS * DEG) / GRAVITY)
    const axis = drawn(3, 1)
    const length = Math.hypot(...axis)
    this.#strapAxis = axis.map((x) => x / length)
  }

  sampleAt(timeS: number, out: Float64Array): void {
    this.#ideal.sampleAt(timeS, out)
    if (this.#errors.wobbleDeg > 0) this.#wobble(timeS, out)
    this.#drawNoise(timeS)
    const { gyroDriftDegPerSPerMin, gyroNoiseDegPerS, accelNoise } = this.#errors
    const drift = (gyroDriftDegPerSPerMin * DEG * DRIFT_PERIOD_S) / (2 * Math.PI * 60)
    const t = this.#turned
    t.set(out)
    const m = this.#gyroMix
    const s = this.#gyroPerForce
    for (let i = 0; i < 3; i++) {
      const k = 3 * i
      const swing = Math.sin((2 * Math.PI * timeS) / DRIFT_PERIOD_S + this.#driftPhase[i]!)
      out[i] = t[i]! + this.#accelBias[i]! + accelNoise * this.#noise[i]!
      out[3 + i] =
        m[k]! * t[3]! +
        m[k + 1]! * t[4]! +
        m[k + 2]! * t[5]! +
        s[k]! * t[0]! +
        s[k + 1]! * t[1]! +
        s[k + 2]! * t[2]! +
        this.#gyroBias[i]! +
        drift * swing +
        gyroNoiseDegPerS * DEG * this.#noise[3 + i]!
    }
  }

  /** The pod turns on its strap by A(τ) about a fixed axis u: forces turn back by A, and A′ u is felt on top. */
  #wobble(timeS: number, out: Float64Array): void {
    const icS = this.#contactBefore(timeS)
    const tau = timeS - icS
    if (!(tau < 1)) return
    this.#bits[0] = icS
    const each = stir(stir(this.#seed, this.#words[0]!), this.#words[1]!) / 4294967296
    const size = this.#errors.wobbleDeg * DEG * (0.8 + 0.4 * each)
    const dying = Math.exp(-tau / WOBBLE_DIES_S)
    const rest = Math.exp(-tau / WOBBLE_STARTS_S)
    const omega = 2 * Math.PI * WOBBLE_HZ
    const envelope = dying * (1 - rest) ** 2
    const envelope1 = -envelope / WOBBLE_DIES_S + (2 * dying * (1 - rest) * rest) / WOBBLE_STARTS_S
    const angle = size * envelope * Math.sin(omega * tau)
    const rate = size * (envelope1 * Math.sin(omega * tau) + envelope * omega * Math.cos(omega * tau))
    turnBack(this.#strapAxis, angle, out, 0)
    turnBack(this.#strapAxis, angle, out, 3)
    for (let i = 0; i < 3; i++) out[3 + i]! += rate * this.#strapAxis[i]!
  }

  /** Six standard normal numbers from the bits of the time. */
  #drawNoise(timeS: number): void {
    this.#bits[0] = timeS
    let h = stir(stir(this.#seed, this.#words[0]!), this.#words[1]!)
    for (let i = 0; i < 6; i += 2) {
      h = stir(h, 0x51ed27)
      const u = h / 4294967296
      h = stir(h, 0x7f4a7c)
      const v = h / 4294967296
      this.#noise[i] = normalFrom(u, v)
      this.#noise[i + 1] = normalFrom(u, v + 0.25)
    }
  }
}

/** v ← E(u, angle)ᵀ v (Rodrigues), three numbers at `at`. */
export function turnBack(u: Float64Array, angle: number, v: Float64Array, at: number): void {
  const c = Math.cos(angle)
  const s = -Math.sin(angle)
  const ux = u[0]!
  const uy = u[1]!
  const uz = u[2]!
  const x = v[at]!
  const y = v[at + 1]!
  const z = v[at + 2]!
  const along = (ux * x + uy * y + uz * z) * (1 - c)
  v[at] = c * x + s * (uy * z - uz * y) + along * ux
  v[at + 1] = c * y + s * (uz * x - ux * z) + along * uy
  v[at + 2] = c * z + s * (ux * y - uy * x) + along * uz
}

/** A runner's four pods, or `worn` instead of them, with the given faults; only shins wobble. */
export function imperfectPods(
  runner: Runner,
  errors: ImuErrors,
  seed = runner.parameters.seed,
  worn: WornPods = runner.pods,
): WornPods {
  const pod = (place: Place, i: number): [Place, WornImu] => {
    const shin = segmentOf(place) === 'shin'
    const own = shin ? errors : { ...errors, wobbleDeg: 0 }
    return [
      place,
      new ImperfectImu(worn[place], own, hash(seed, i), (timeS) =>
        runner.contactBefore(sideOf(place), timeS),
      ),
    ]
  }
  return Object.fromEntries(PLACES.map(pod)) as WornPods
}
