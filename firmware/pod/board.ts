import type { I2C, Pin, SerialDevice, SPI } from './espruino.d.ts'

/**
 * The board this program is for. The build writes this file anew from the board's description (`firmware/build/boards.ts`), with the
 * pins by their own names; what stands here is what the rest of the program may ask of it.
 */
export interface Board {
  readonly name: string
  /** Where frames go and commands come from. */
  readonly port: SerialDevice
  readonly led: Pin
  /** Output rates the board, its link and its IMU can carry, Hz; the first is the default. */
  readonly rates: readonly number[]
  /** Sent frames of one burst kept for asking again; bounded by the board's memory. */
  readonly ring: number
}

export declare const board: Board
/** Radio, supply pins and bus, once at boot. */
export declare function powerOn(): void
/** The button, or the pin that stands for it, is held. */
export declare function isHeld(): boolean
/** %, `null` where it cannot be measured. */
export declare function battery(): number | null

/** The bus that is there; the others are not spoken of by the drivers that end up in the bundle. */
export declare const i2c: I2C
export declare const spi: SPI
export declare const select: Pin
export declare const highGSelect: Pin
