import { emptyHeader, HEADER_BYTES, readHeader, TYPE_HELLO, TYPE_SAMPLES } from '../../shared/frame.ts'
import { IMUS, readSample } from '../../shared/imu.ts'
import type { Hello } from '../../shared/messages.ts'
import { readHello } from '../analysis/hello.ts'

/** @param sample ax ay az m/s², gx gy gz rad/s; valid during the call */
export type SampleTaker = (pod: Hello, arrivalS: number, sample: Float64Array) => void

/** What pods measure, sample by sample, for who must see it before there is a session. Samples are unpacked only while somebody takes them. */
export class PodSamples {
  taker: SampleTaker | null = null
  readonly #header = emptyHeader()
  readonly #hellos = new Map<number, Hello>()
  readonly #sample = new Float64Array(6)

  frame(bytes: Uint8Array, arrivalS: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const { type, stream, count, payloadBytes } = readHeader(view, 0, this.#header)
    if (type === TYPE_HELLO) {
      const hello = readHello(bytes.subarray(HEADER_BYTES, HEADER_BYTES + payloadBytes))
      if (hello !== null) this.#hello(hello, stream)
    } else if (type === TYPE_SAMPLES && this.taker !== null) {
      const hello = this.#hellos.get(stream)
      if (hello === undefined) return
      const imu = IMUS[hello.imu]
      if (count * imu.bytesPerSample > payloadBytes) return
      const [accel, gyro] = [imu.accelScale(hello.accelG), imu.gyroScale(hello.gyroDps)]
      for (let k = 0; k < count; k++) {
        readSample(hello.imu, accel, gyro, view, HEADER_BYTES, k, this.#sample)
        this.taker(hello, arrivalS, this.#sample)
      }
    }
  }

  /** A pod has one stream at a time. */
  #hello(hello: Hello, stream: number): void {
    for (const [other, { id }] of this.#hellos) if (id === hello.id) this.#hellos.delete(other)
    this.#hellos.set(stream, hello)
  }
}
