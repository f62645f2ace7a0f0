import type { ImuName } from './imu.ts'
import type { Place } from './places.ts'

/**
 * The messages that are not samples. Hello, status and acknowledgement are JSON in ASCII, padded with spaces to a multiple of
 * four bytes: they are rare, a person can read them, and a field can be added without a new version.
 */

/** Who a pod is and how it measures. Sent at boot, on request, at every start and after every `set`. */
export interface Hello {
  /** Unique and lasting: the chip's serial. */
  id: string
  fw: string
  board: string
  imu: ImuName
  /** Where it is worn; `null` until it has been told. */
  place: Place | null
  /** Nominal output rate, Hz. The true one is a few per cent off and is the host's to find. */
  rateHz: number
  /** Full-scale ranges; 0 = unknown (imports), then clipping cannot be seen. */
  accelG: number
  gyroDps: number
  /** Samples in each full frame. */
  batch: number
  /** Sent frames the pod keeps for asking again. */
  ring: number
  streaming: boolean
  /** What the host told it to keep of its calibration (`docs/methods/calibration.md`); `null` or absent when nothing. */
  cal?: string | null
  /** How its last self-test went, at boot or on command: `ok`, or what was wrong. */
  selfTest?: string
  /** An accelerometer of a larger range beside the one that clips. */
  highG?: HighG
  /** `session`: device time is session time already (imports). Absent: the pod's own oscillator. */
  clock?: 'session'
}

/**
 * `inline`: every sample carries its own high-g reading. A chip of its own sends frames of `TYPE_HIGH_G`, at its own rate, on axes parallel to the
 * IMU's.
 */
export interface HighG {
  sensor: 'inline' | 'adxl372'
  rangeG: number
  rateHz: number
}

/** Once a second. */
export interface Status {
  /** Battery, %; `null` where it cannot be measured. */
  battery: number | null
  temperatureC: number | null
  /** Free interpreter variables. */
  free: number
  /** Counters since boot. */
  overruns: number
  realigned: number
  imuErrors: number
  commandErrors: number
  exceptions: number
  /** What the interpreter noticed since the last status: FIFO_FULL, LOW_MEMORY … */
  errors?: string[]
  /** Read back from the chip: both sensors' control, the FIFO's mode, and what else its ranges are in. */
  registers: number[]
}

/** Answer to every command but `ping`. */
export interface Ack {
  /** The command's own number. */
  id: number
  ok: boolean
  /** Why not, in words. */
  error?: string
  /** `resend`: how many frames were sent again and how many the pod no longer had. */
  sent?: number
  gone?: number
}

/**
 * Payload of a time reply, three 32-bit words: the ping's token (host session µs modulo 2^32 when it was sent), device time µs
 * when the ping was read, and 0. The header's device time is when the reply was made.
 */
export const TIME_PAYLOAD_BYTES = 12

/**
 * Host to pod: one ASCII line, `verb id key=value …\n`. Verbs: hello, identify, start, stop, set, ping, resend, selftest.
 * Keys: set `place rateHz accelG gyroDps cal`; ping `token`; resend `stream from count`.
 */
export type CommandVerb = 'hello' | 'identify' | 'start' | 'stop' | 'set' | 'ping' | 'resend' | 'selftest'

export function commandLine(
  verb: CommandVerb,
  id: number,
  args: Readonly<Record<string, string | number>> = {},
): string {
  const words = Object.entries(args).map(([key, value]) => ` ${key}=${value}`)
  return `${verb} ${id}${words.join('')}\n`
}
