import type { ImuName } from '../../../shared/imu.ts'

/** What a driver of an IMU offers; one of them is in each bundle. */
export interface ImuDriver {
  /** Its name in `shared/imu.ts`. */
  readonly IMU: ImuName
  readonly SAMPLE_BYTES: number
  /** Samples of one burst read: at most 255 bytes, and a multiple of four. */
  readonly BURST: number
  /** Where the FIFO's state begins, and how many bytes of it tell all. */
  readonly FIFO_STATUS: number
  readonly STATUS_BYTES: number
  /** Of the second byte: the level's high bits, and the flags of a FIFO that was full. */
  readonly LEVEL_HIGH: number
  readonly FIFO_OVERRUN: number
  /** What the level counts, for one sample. */
  readonly WORDS: number
  readonly FIFO_DATA: number
  /** Nominal output rate, Hz → code. */
  readonly ODR: Readonly<Record<number, number>>
  /** ±g and ±°/s → bits. The last range is what running needs. */
  readonly ACCEL_RANGE: Readonly<Record<number, number>>
  readonly GYRO_RANGE: Readonly<Record<number, number>>
  readonly ACCEL_G: number
  /** The high-g channel that its samples carry themselves, ±g; 0 when there is none. */
  readonly INLINE_HIGH_G: number
  /** A burst begins with a whole sample; `null` when that is seen from the status. */
  readonly isInStep: ((bytes: Uint8Array) => boolean) | null
  resetImu(): void
  /** Throws unless the chip says who it is. */
  requireImu(): void
  /** Throws when the status cannot be the chip's. */
  requireStatus(status: Uint8Array): void
  /** Both sensors on, high performance, no interrupt. */
  sensorsOn(rateHz: number, accelG: number, gyroDps: number): void
  sensorsOff(): void
  /** Empties the FIFO and lets it run. */
  startFifo(rateHz: number): void
  /** Gives up words until the next one begins a sample; false when that cannot be had. */
  realign(status: Uint8Array): boolean
  /** For the status message: CTRL1, CTRL2, FIFO mode, and what else the ranges are in. */
  readBack(): number[]
  /** The self-test's force: its register, and what makes both sensors ready for it. */
  readonly SELF_TEST: number
  readonly TEST_ACCEL: number
  readonly TEST_GYRO: number
  readonly LEAST_ACCEL_LSB: number
  prepareSelfTest(): void
}

/** The compiler's word that each driver is one. */
type Conforming<Driver extends ImuDriver> = Driver
export type Drivers =
  | Conforming<typeof import('./lsm6ds3trc.ts')>
  | Conforming<typeof import('./lsm6dso32.ts')>
  | Conforming<typeof import('./lsm6dsv320x.ts')>
