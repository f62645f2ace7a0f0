import type { HighGName, PodImuName } from './boards.ts'

/** What the build and the estimates have to know of an IMU; the rest is its driver's. */
export interface PodImu {
  /** Its driver, `firmware/pod/imus/…`. */
  driver: string
  /** Output rates the driver knows, Hz. */
  rates: readonly number[]
  /** Bytes of one burst read, and of one sample. */
  burstBytes: number
  sampleBytes: number
}

export const POD_IMUS: Readonly<Record<PodImuName, PodImu>> = {
  'lsm6ds3tr-c': { driver: 'lsm6ds3trc', rates: [104, 208, 416, 833], burstBytes: 252, sampleBytes: 12 },
  lsm6dso32: { driver: 'lsm6dso32', rates: [104, 208, 416, 833], burstBytes: 252, sampleBytes: 14 },
  lsm6dsv320x: { driver: 'lsm6dsv320x', rates: [480], burstBytes: 252, sampleBytes: 21 },
}

/** Drivers of a second accelerometer, `firmware/pod/high-g/…`. */
export const HIGH_G_DRIVERS: Readonly<Record<HighGName, string>> = { adxl372: 'adxl372' }
