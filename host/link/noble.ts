import type { EventEmitter } from 'node:events'

/** What is used of the Bluetooth library `@stoprocent/noble`, written down by hand: it is there only for those who asked for it. */
export interface Noble extends EventEmitter {
  /** Rejects when Bluetooth is off or may not be used. */
  waitForPoweredOnAsync(withinMs?: number): Promise<void>
  startScanningAsync(services: string[], allowDuplicates: boolean): Promise<void>
  stopScanningAsync(): Promise<void>
  /** Lets go of the radio: a program that has it does not end. */
  stop(): void
}

/** Comes with the event `discover`. Emits `disconnect`. */
export interface Peripheral extends EventEmitter {
  readonly id: string
  readonly advertisement: { localName?: string }
  /** Largest packet, 3 bytes of it its head; `null` before it has been agreed on. */
  readonly mtu: number | null
  /** Strength at which it is received now, dBm. For as long as it is connected. */
  updateRssiAsync(): Promise<number>
  connectAsync(): Promise<void>
  disconnectAsync(): Promise<void>
  discoverSomeServicesAndCharacteristicsAsync(
    services: string[],
    characteristics: string[],
  ): Promise<{ characteristics: Characteristic[] }>
}

/** Emits `data`. */
export interface Characteristic extends EventEmitter {
  readonly uuid: string
  subscribeAsync(): Promise<void>
  writeAsync(bytes: Buffer, withoutResponse: boolean): Promise<void>
}

/** Not a literal in the import: the package need not be there for the types to be checked or the code to be bundled. */
const PACKAGE = '@stoprocent/noble'
const VERSION = '2.8.0'

/** @throws Error that says how to install it */
export async function loadNoble(
  load: (name: string) => Promise<unknown> = (name) => import(name),
): Promise<Noble> {
  try {
    return ((await load(PACKAGE)) as { default: Noble }).default
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND'
    throw new Error(
      missing
        ? `Bluetooth needs the package ${PACKAGE}, which is not installed: npm install --no-save --save-optional ${PACKAGE}@${VERSION} (docs/bluetooth.md says what else a system needs)`
        : `Bluetooth cannot be used here: ${(error as Error).message}. docs/bluetooth.md says what a system needs`,
    )
  }
}
