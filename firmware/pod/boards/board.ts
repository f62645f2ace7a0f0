import type { Pin, SerialDevice } from '../espruino.d.ts'

/** All that differs between boards. The rest of the pod's program is the same text everywhere. */
export interface Board {
  readonly name: string
  /** Where frames go and commands come from. */
  readonly port: SerialDevice
  readonly led: Pin
  /** Output rates the board and its link can carry, Hz; the first is the default. */
  readonly rates: readonly number[]
  /** Sent frames kept for asking again; bounded by the board's memory. */
  readonly ring: number
  /** Radio, pins and bus, once at boot. */
  powerOn(): void
  /** Burst read of IMU registers. An IMU that does not answer throws on one board and reads as nonsense on another. */
  read(register: number, count: number): Uint8Array
  write(register: number, value: number): void
  /** %, `null` where it cannot be measured. */
  battery(): number | null
}
