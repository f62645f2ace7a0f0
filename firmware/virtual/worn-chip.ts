/** A chip on the bus, as its registers show it. Time is the true time, s. */
export interface WornChip {
  /** False: the chip does not acknowledge its address. */
  answering: boolean
  read(register: number, out: Uint8Array, timeS: number): Uint8Array
  write(register: number, value: number, timeS: number): void
  /** Registers as after power-on; the FIFO empty. */
  powerCycle(timeS: number): void
}

/** An IMU, with what tests do to it. */
export interface WornImuChip extends WornChip {
  /** Change of output under the self-test force, g and °/s per axis. */
  selfTestAccelG: number
  selfTestGyroDps: number
  temperatureC: number
  /** A fault for tests: the bus lost count and took words that nobody received. */
  dropWords(count: number): void
}

export interface ChipOptions {
  /** True output rate over the nominal one, minus 1; a few per cent on real parts. */
  odrError?: number
  temperatureC?: number
}

/** A reading in LSB, saturated at a signed word of so many bits. */
export function quantise(lsb: number, bits = 16): number {
  const most = 2 ** (bits - 1)
  return Math.max(-most, Math.min(most - 1, Math.round(lsb)))
}
