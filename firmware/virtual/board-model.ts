import type { BoardName } from '../build/build.ts'

/** What the stand-in has to know of a board beside the IMU. Rates are estimates: nothing was measured on hardware. */
export interface BoardModel {
  /** Global name of the port the pod's program uses. */
  port: 'Bluetooth' | 'USB'
  bytesPerS: number
  txQueueBytes: number
  /** Bus to the IMU, bit/s. */
  i2cBitRate: number
  /** Interpreter variables, and those left free once the program runs. */
  variables: number
  free: number
  /** What reading an IMU that does not answer does: the nRF52840's bus throws, the Puck.js's reads ones. */
  silence: 'throws' | 'ones'
  /** The IMU has a power pin that must be high. */
  imuPowerPin: string | null
  pins: readonly string[]
}

export const BOARD_MODELS: Readonly<Record<BoardName, BoardModel>> = {
  'puckjs-v2': {
    port: 'Bluetooth',
    bytesPerS: 6700,
    txQueueBytes: 128,
    i2cBitRate: 250_000,
    variables: 2630,
    free: 1100,
    silence: 'ones',
    imuPowerPin: null,
    pins: ['LED1', 'LED2', 'LED3', 'BTN1'],
  },
  'xiao-nrf52840-sense': {
    port: 'USB',
    bytesPerS: 60_000,
    txQueueBytes: 256,
    i2cBitRate: 400_000,
    variables: 14_000,
    free: 5000,
    silence: 'throws',
    imuPowerPin: 'D15',
    pins: ['LED1', 'LED2', 'LED3', 'BTN1', 'D15', 'D16', 'D17', 'D18'],
  },
}
