import { Script } from 'node:vm'
import { crc32 } from 'node:zlib'
import { bytesWritten } from '../../firmware/virtual/bytes.ts'
import type { VirtualPod } from '../../firmware/virtual/pod.ts'
import { espruinoRealm } from '../../firmware/virtual/realm.ts'

/** A packet of a Puck.js: its MTU of 53 less three bytes. */
const PACKET = 50

type Listener = (argument: unknown) => void

/**
 * Runs the receiver's bundle: its USB port on one side, on the other Espruino's Bluetooth as a central, written after its reference, with
 * virtual pods in reach. Like the real one it does one thing at a time and rejects what is asked of it meanwhile; notifications cut frames
 * anywhere, and those of two pods come in turn.
 */
export class VirtualReceiver {
  /** Tasks asked for while another ran, and pieces written that were too long. */
  readonly misuse: string[] = []
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #connected = new Map<VirtualPod, () => void>()
  readonly #hears: ((chunk: string) => void)[] = []
  readonly #listeners = new Set<(bytes: Uint8Array, timeS: number) => void>()
  readonly #pods: readonly VirtualPod[]
  #busy: boolean = false

  constructor(code: string, pods: readonly VirtualPod[], speed = 4) {
    this.#pods = pods
    const realm = espruinoRealm(
      {
        BTN1: { read: () => false },
        LED1: { write: () => {} },
        USB: {
          write: (value: unknown) => this.#toHost(bytesWritten(value)),
          on: (_event: string, listener: (chunk: string) => void) => this.#hears.push(listener),
        },
        E: {
          CRC32: (value: unknown) => crc32(bytesWritten(value)),
          toUint8Array: (value: unknown) => this.#bytes(bytesWritten(value)),
          setConsole: () => {},
        },
        NRF: {
          setTxPower: () => {},
          requestDevice: () => this.#task(() => this.#request()),
        },
        setTimeout: (run: () => void, ms: number) => {
          const timer = setTimeout(run, ms / speed)
          this.#timers.add(timer)
        },
      },
      () => {},
    )
    this.#realmBytes = realm.Uint8Array
    new Script(code).runInContext(realm.context)
  }
  readonly #realmBytes: Uint8ArrayConstructor

  onBytes(listener: (bytes: Uint8Array, timeS: number) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  receive(data: string | Uint8Array): void {
    const text = typeof data === 'string' ? data : Buffer.from(data).toString('latin1')
    for (const hear of this.#hears) hear(text)
  }

  /** Carries this pod out of reach. */
  lose(pod: VirtualPod): void {
    this.#connected.get(pod)?.()
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
  }

  #bytes(content: Uint8Array): Uint8Array {
    return new this.#realmBytes(content)
  }

  #toHost(bytes: Uint8Array): void {
    // never before the call that asked for it is through
    setImmediate(() => {
      for (const listener of this.#listeners) listener(bytes, 0)
    })
  }

  async #task<T>(task: () => T, ms = 5): Promise<T> {
    if (this.#busy) {
      this.misuse.push('a task while another ran')
      throw new Error('BLE task is already in progress')
    }
    this.#busy = true
    await new Promise((resolve) => setTimeout(resolve, ms))
    this.#busy = false
    return task()
  }

  #request() {
    const pod = this.#pods.find((one) => !this.#connected.has(one))
    if (!pod) throw new Error('No device found matching filters')
    let onDisconnect: Listener = () => {}
    let disconnect = () => {}
    this.#connected.set(pod, () => {
      this.#connected.delete(pod)
      disconnect()
      onDisconnect(8)
    })
    const fromPod = {
      on: (_event: string, listener: Listener) => {
        fromPod.listener = listener
      },
      listener: (() => {}) as Listener,
      startNotifications: () =>
        this.#task(() => {
          let cut = 7
          let waiting: Uint8Array = new Uint8Array(0)
          const notify = () => {
            const piece = this.#bytes(waiting.subarray(0, cut))
            waiting = waiting.subarray(piece.length)
            cut = 1 + ((cut * 17) % PACKET)
            fromPod.listener({ target: { value: new DataView(piece.buffer) } })
            if (waiting.length > 0) setTimeout(notify)
          }
          disconnect = pod.onBytes((bytes) => {
            if (waiting.length === 0) setTimeout(notify)
            waiting = Buffer.concat([waiting, bytes])
          })
        }),
    }
    const toPod = {
      writeValue: (text: string) =>
        this.#task(() => {
          if (text.length > 20) this.misuse.push(`a write of ${text.length} bytes`)
          pod.receive(text)
        }),
    }
    return {
      on: (_event: string, listener: Listener) => {
        onDisconnect = listener
      },
      gatt: {
        connect: () =>
          this.#task(() => ({
            getPrimaryService: () =>
              this.#task(() => ({
                getCharacteristic: (uuid: string) =>
                  this.#task(() => (uuid.startsWith('6e400002') ? toPod : fromPod)),
              })),
          })),
      },
    }
  }
}
