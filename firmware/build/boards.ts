/**
 * Boards as data: all that the build, the stand-in and the cost estimate have to know of one. Pins are named as Espruino names them;
 * what is said here of a board comes from its board file, and nothing was tried on hardware.
 */
export interface BoardDescription {
  /** As a person calls it. */
  title: string
  cpu: CpuName
  /** Interpreter variables, and the bytes one of them holds of a long buffer. */
  variables: number
  variableBytes: number
  /** The largest bundle it takes, bytes. */
  byteBudget: number
  /** Where frames go and commands come from, and what it carries. */
  port: 'Bluetooth' | 'USB'
  portBytesPerS: number
  txQueueBytes: number
  led: string
  button: string
  /** Pins set once at boot, before the bus: supplies of the IMU, the battery's divider. */
  power: Readonly<Record<string, 0 | 1>>
  /** How the IMU can be wired; the first is the default. */
  buses: readonly BusDescription[]
  /** IMUs it can drive; the first is the default. */
  imus: readonly PodImuName[]
  /** The output rate it runs at unless told otherwise, as near as the IMU has it, Hz. */
  defaultHz: number
  /** The fastest it offers: what its link and its interpreter's budget allow. */
  fastestHz: number
  /** Sent frames of one burst kept for asking again. */
  ring: number
  battery: BatteryDescription
}

export type BusDescription =
  | { kind: 'puck'; bitRate: number }
  | { kind: 'i2c'; device: string; scl: string; sda: string; bitRate: number }
  | {
      kind: 'spi'
      device: string
      sck: string
      miso: string
      mosi: string
      select: string
      highGSelect: string
      bitRate: number
    }
export type BusKind = BusDescription['kind']

/** `divider`: `scale` times the share of `vddV` that the analog pin reads is the cell's voltage. */
export type BatteryDescription =
  | { kind: 'interpreter' }
  | { kind: 'none' }
  | { kind: 'divider'; pin: string; vddV: number; scale: number; emptyV: number; fullV: number }

export type PodImuName = 'lsm6ds3tr-c' | 'lsm6dso32' | 'lsm6dsv320x'
export type HighGName = 'adxl372'

/** Nanoseconds one thousand instructions take: clock and cycles an instruction (espruino's mandelbrot figures; ±40 %). */
export const CPUS = {
  nrf52: { title: 'nRF52, 64 MHz', usPerThousand: 2.25 / 0.064 },
  stm32f401: { title: 'STM32F401, 84 MHz', usPerThousand: 1.65 / 0.084 },
  stm32f411: { title: 'STM32F411, 100 MHz', usPerThousand: 1.65 / 0.1 },
} as const
export type CpuName = keyof typeof CPUS

const EXTERNAL: readonly PodImuName[] = ['lsm6dso32', 'lsm6dsv320x', 'lsm6ds3tr-c']
/** UART pins of the STM32 boards' console are B6 and B7: their I2C is on B8 and B9. */
const STM32_BUSES: readonly BusDescription[] = [
  { kind: 'i2c', device: 'I2C1', scl: 'B8', sda: 'B9', bitRate: 400_000 },
  {
    kind: 'spi',
    device: 'SPI1',
    sck: 'B3',
    miso: 'B4',
    mosi: 'B5',
    select: 'B10',
    highGSelect: 'B13',
    bitRate: 4_000_000,
  },
]

/** Bundles run from flash. 8 kB leave a board with some 2600 variables a thousand; one with twice as many takes a quarter more. */
export const SMALL_BUNDLE = 8192
const LARGE_BUNDLE = 10_240

/** What the STM32 boards have alike. */
const STM32 = {
  variableBytes: 12,
  byteBudget: LARGE_BUNDLE,
  port: 'USB',
  portBytesPerS: 60_000,
  txQueueBytes: 256,
  led: 'LED1',
  button: 'BTN1',
  power: {},
  buses: STM32_BUSES,
  imus: EXTERNAL,
  defaultHz: 416,
  fastestHz: 1000,
  battery: { kind: 'none' },
} as const

export const BOARDS = {
  'puckjs-v2': {
    title: 'Puck.js v2',
    cpu: 'nrf52',
    variables: 2630,
    variableBytes: 12,
    byteBudget: SMALL_BUNDLE,
    port: 'Bluetooth',
    portBytesPerS: 6700,
    txQueueBytes: 128,
    led: 'LED1',
    button: 'BTN1',
    power: {},
    buses: [{ kind: 'puck', bitRate: 250_000 }],
    imus: ['lsm6ds3tr-c'],
    defaultHz: 208,
    fastestHz: 420,
    ring: 24,
    battery: { kind: 'interpreter' },
  },
  'xiao-nrf52840-sense': {
    title: 'Seeed XIAO nRF52840 Sense',
    cpu: 'nrf52',
    variables: 14_000,
    variableBytes: 14,
    byteBudget: LARGE_BUNDLE,
    port: 'USB',
    portBytesPerS: 60_000,
    txQueueBytes: 256,
    led: 'LED1',
    button: 'BTN1',
    // D14 is P0.14, which the board file inverts: 1 is low, and low lets the battery's divider conduct. It stays so: let go while the
    // cell charges, it would lift P0.31 above what that pin may see.
    power: { D15: 1, D14: 1 },
    buses: [{ kind: 'i2c', device: 'I2C1', scl: 'D16', sda: 'D17', bitRate: 400_000 }],
    imus: ['lsm6ds3tr-c'],
    defaultHz: 416,
    fastestHz: 420,
    ring: 256,
    battery: { kind: 'divider', pin: 'D32', vddV: 3.3, scale: 1510 / 510, emptyV: 3.4, fullV: 4.1 },
  },
  jolt: {
    title: 'Espruino Jolt.js',
    cpu: 'nrf52',
    variables: 12_000,
    variableBytes: 14,
    byteBudget: LARGE_BUNDLE,
    port: 'USB',
    portBytesPerS: 60_000,
    txQueueBytes: 256,
    led: 'LED1',
    button: 'BTN1',
    // Qwiic connector Q0, whose ground a transistor switches.
    power: { D7: 1 },
    buses: [{ kind: 'i2c', device: 'I2C1', scl: 'D29', sda: 'D3', bitRate: 400_000 }],
    // Not the LSM6DSV320X: its bytes take this bus and this interpreter nearly all the time.
    imus: ['lsm6dso32', 'lsm6ds3tr-c'],
    defaultHz: 416,
    fastestHz: 420,
    ring: 192,
    battery: { kind: 'none' },
  },
  mdbt42q: {
    title: 'Espruino MDBT42Q',
    cpu: 'nrf52',
    variables: 2950,
    variableBytes: 12,
    byteBudget: SMALL_BUNDLE,
    port: 'Bluetooth',
    portBytesPerS: 6700,
    txQueueBytes: 128,
    led: 'LED1',
    button: 'BTN1',
    power: {},
    buses: [
      { kind: 'i2c', device: 'I2C1', scl: 'D15', sda: 'D14', bitRate: 400_000 },
      {
        kind: 'spi',
        device: 'SPI1',
        sck: 'D16',
        miso: 'D17',
        mosi: 'D18',
        select: 'D19',
        highGSelect: 'D20',
        bitRate: 4_000_000,
      },
    ],
    // Not the LSM6DSV320X: its slowest rate is more than this radio carries.
    imus: ['lsm6dso32', 'lsm6ds3tr-c'],
    defaultHz: 208,
    fastestHz: 420,
    ring: 24,
    battery: { kind: 'interpreter' },
  },
  pico: {
    ...STM32,
    title: 'Espruino Pico',
    cpu: 'stm32f401',
    variables: 5100,
    ring: 64,
  },
  wifi: {
    ...STM32,
    title: 'Espruino WiFi',
    cpu: 'stm32f411',
    variables: 8190,
    ring: 128,
  },
} as const satisfies Record<string, BoardDescription>

export type BoardName = keyof typeof BOARDS
export const BOARD_NAMES = Object.keys(BOARDS) as BoardName[]

export const boardOf = (name: BoardName): BoardDescription => BOARDS[name]
