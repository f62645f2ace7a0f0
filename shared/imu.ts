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
  /** Tagged words of seven bytes, one a sensor: how many make a sample; 0 where a sample is plain bytes. */
  readonly taggedWords: number
  /** m/s² per LSB at a full-scale range in g; 1 where samples are SI already. */
  accelScale(rangeG: number): number
  /** rad/s per LSB at a full-scale range in °/s; 1 where samples are SI already. */
  gyroScale(rangeDegPerS: number): number
}

/** ST: 0.061 mg/LSB at ±2 g and 4.375 mdps/LSB at ±125 °/s, and so on in proportion, in all three data sheets. */
const stAccel = (rangeG: number): number => ((0.061e-3 * rangeG) / 2) * GRAVITY
const stGyro = (rangeDegPerS: number): number => ((4.375e-3 * rangeDegPerS) / 125) * DEG

/** LSM6DS3TR-C data sheet, table 3. */
const lsm6ds3trc: ImuFormat = {
  bytesPerSample: 12,
  timed: false,
  taggedWords: 0,
  accelScale: stAccel,
  gyroScale: stGyro,
}

/** LSM6DSO32 data sheet, table 2: 0.976 mg/LSB at ±32 g. */
const lsm6dso32: ImuFormat = { ...lsm6ds3trc, bytesPerSample: 14, taggedWords: 2 }

/** LSM6DSV320X: the same, and its high-g channel as a third word. */
const lsm6dsv320x: ImuFormat = { ...lsm6ds3trc, bytesPerSample: 21, taggedWords: 3 }

/** Recordings from elsewhere: `u32 session time in µs, f32 ax ay az gx gy gz`, SI, 28 bytes, nothing quantised. */
const siFloat32: ImuFormat = {
  bytesPerSample: 28,
  timed: true,
  taggedWords: 0,
  accelScale: () => 1,
  gyroScale: () => 1,
}

export const IMUS = {
  'lsm6ds3tr-c': lsm6ds3trc,
  lsm6dso32,
  lsm6dsv320x,
  'si-float32': siFloat32,
} as const satisfies Record<string, ImuFormat>

export type ImuName = keyof typeof IMUS
export const isImuName = (text: unknown): text is ImuName =>
  typeof text === 'string' && Object.hasOwn(IMUS, text)

/** Which sensor a tagged word is of: the upper five bits of its tag (lsm6dso32-pid, lsm6dsv320x-pid: FIFO tags). */
export const TAG_GYRO = 1
export const TAG_ACCEL = 2
export const TAG_HIGH_G = 0x1d
const WORD_BYTES = 7

/**
 * Reads sample `k` of a samples payload into `out` as ax ay az gx gy gz (m/s², rad/s, pod axes). Allocates nothing.
 * LSM6DS3TR-C FIFO order is gyro x y z then accelerometer x y z; the others say by a tag before each three axes whose they are. int16,
 * little-endian.
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
  const { taggedWords, bytesPerSample } = IMUS[imu]
  const at = payload + bytesPerSample * k
  if (taggedWords === 0) {
    for (let i = 0; i < 3; i++) {
      out[i] = view.getInt16(at + 6 + 2 * i, true) * accelScale
      out[3 + i] = view.getInt16(at + 2 * i, true) * gyroScale
    }
    return
  }
  for (let word = at; word < at + bytesPerSample; word += WORD_BYTES) {
    const tag = view.getUint8(word) >> 3
    if (tag === TAG_ACCEL) readAxes(view, word + 1, accelScale, out, 0)
    else if (tag === TAG_GYRO) readAxes(view, word + 1, gyroScale, out, 3)
  }
}

/** The high-g reading that sample `k` carries itself, m/s², pod axes, into `out`. @returns false when it carries none. */
export function readInlineHighG(
  imu: ImuName,
  scale: number,
  view: DataView,
  payload: number,
  k: number,
  out: Float64Array,
): boolean {
  const { bytesPerSample, taggedWords } = IMUS[imu]
  const at = payload + bytesPerSample * k
  for (let word = 0; word < taggedWords; word++) {
    if (view.getUint8(at + WORD_BYTES * word) >> 3 !== TAG_HIGH_G) continue
    readAxes(view, at + WORD_BYTES * word + 1, scale, out, 0)
    return true
  }
  return false
}

function readAxes(view: DataView, at: number, scale: number, out: Float64Array, first: number): void {
  for (let i = 0; i < 3; i++) out[first + i] = view.getInt16(at + 2 * i, true) * scale
}

/**
 * High-g chips, m/s² per LSB. LSM6DSV320X at ±320 g: 10.417 mg (lsm6dsv320x-pid). ADXL372 at ±200 g: 100 mg in twelve bits (data sheet,
 * table 1).
 */
export const HIGH_G_SCALES = { inline: 10.417e-3 * GRAVITY, adxl372: 0.1 * GRAVITY } as const
export const ADXL372_SAMPLE_BYTES = 6

/** Sample `k` of an ADXL372's payload, m/s², pod axes: big-endian, twelve bits on the left. */
export function readAdxl372(view: DataView, payload: number, k: number, out: Float64Array): void {
  const at = payload + ADXL372_SAMPLE_BYTES * k
  for (let i = 0; i < 3; i++) out[i] = (view.getInt16(at + 2 * i, false) >> 4) * HIGH_G_SCALES.adxl372
}

/** Raw LSB at or beyond which an int16 axis counts as clipped. */
export const CLIP_LSB = 32760
