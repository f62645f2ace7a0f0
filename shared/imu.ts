/**
 * What each IMU's raw bytes mean. A pod never converts: it sends the bytes the chip's FIFO gave it and says in its hello
 * which chip and ranges they came from.
 */
export const GRAVITY = 9.80665
export const DEG = Math.PI / 180

export interface ImuFormat {
  /** Bytes one sample takes in a frame's payload. */
  readonly bytesPerSample: number
  /** Every sample carries its own session time (imports); otherwise samples are evenly spaced by the chip's own rate. */
  readonly timed: boolean
  /** m/s² per LSB at a full-scale range in g; 1 where samples are SI already. */
  accelScale(rangeG: number): number
  /** rad/s per LSB at a full-scale range in °/s; 1 where samples are SI already. */
  gyroScale(rangeDegPerS: number): number
}

/** ST LSM6DS3TR-C data sheet, table 3: sensitivity grows with the range, 0.061 mg/LSB at ±2 g; 4.375 mdps/LSB at ±125 °/s. */
const lsm6ds3trc: ImuFormat = {
  bytesPerSample: 12,
  timed: false,
  accelScale: (rangeG) => ((0.061e-3 * rangeG) / 2) * GRAVITY,
  gyroScale: (rangeDegPerS) => ((4.375e-3 * rangeDegPerS) / 125) * DEG,
}

/** Recordings from elsewhere: `u32 session time in µs, f32 ax ay az gx gy gz`, SI, 28 bytes, nothing quantised. */
const siFloat32: ImuFormat = {
  bytesPerSample: 28,
  timed: true,
  accelScale: () => 1,
  gyroScale: () => 1,
}

export const IMUS = {
  'lsm6ds3tr-c': lsm6ds3trc,
  'si-float32': siFloat32,
} as const satisfies Record<string, ImuFormat>

export type ImuName = keyof typeof IMUS
export const isImuName = (text: unknown): text is ImuName =>
  typeof text === 'string' && Object.hasOwn(IMUS, text)

/**
 * Reads sample `k` of a samples payload into `out` as ax ay az gx gy gz (m/s², rad/s, pod axes). Allocates nothing.
 * LSM6DS3TR-C FIFO order is gyro x y z then accelerometer x y z, int16 little-endian.
 * @param view over the frame; `payload` is the offset of its payload
 */
export function readSample(
  imu: ImuName,
  accelScale: number,
  gyroScale: number,
  view: DataView,
  payload: number,
  k: number,
  out: Float64Array,
): void {
  if (imu === 'si-float32') {
    const at = payload + 28 * k + 4
    for (let i = 0; i < 6; i++) out[i] = view.getFloat32(at + 4 * i, true)
    return
  }
  const at = payload + 12 * k
  for (let i = 0; i < 3; i++) {
    out[i] = view.getInt16(at + 6 + 2 * i, true) * accelScale
    out[3 + i] = view.getInt16(at + 2 * i, true) * gyroScale
  }
}

/** Raw LSB at or beyond which an int16 axis counts as clipped. */
export const CLIP_LSB = 32760
