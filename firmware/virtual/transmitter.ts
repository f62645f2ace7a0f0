/** Called with bytes that left the wire at `timeS`, true time. The array is the listener's to keep. */
export type BytesListener = (bytes: Uint8Array, timeS: number) => void

/**
 * A serial output with a bounded queue and a steady byte rate. As on the board, a write waits until the queue has room for its last
 * byte, and what is written while nobody is connected is dropped.
 */
export class Transmitter {
  readonly #bytesPerS: number
  readonly #queueBytes: number
  readonly #listeners = new Set<BytesListener>()
  #onWire: { bytes: Uint8Array; doneS: number }[] = []
  /** When the last queued byte will have left. */
  #busyUntilS = Number.NEGATIVE_INFINITY

  constructor(bytesPerS: number, queueBytes: number) {
    this.#bytesPerS = bytesPerS
    this.#queueBytes = queueBytes
  }

  /** Somebody is connected while there is a listener. Returns how to disconnect. */
  onBytes(listener: BytesListener): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  get isConnected(): boolean {
    return this.#listeners.size > 0
  }

  /** Returns when the call to write comes back. */
  write(bytes: Uint8Array, nowS: number): number {
    if (this.#listeners.size === 0) return nowS
    this.#busyUntilS = Math.max(this.#busyUntilS, nowS) + bytes.length / this.#bytesPerS
    this.#onWire.push({ bytes, doneS: this.#busyUntilS })
    return Math.max(nowS, this.#busyUntilS - this.#queueBytes / this.#bytesPerS)
  }

  /** Hands over what has left the wire by `timeS`, in order. */
  deliver(timeS: number): void {
    while (this.#onWire[0] && this.#onWire[0].doneS <= timeS) {
      const { bytes, doneS } = this.#onWire.shift()!
      for (const listener of this.#listeners) listener(bytes, doneS)
    }
  }

  /** Power is gone, and with it what was still queued. */
  clear(): void {
    this.#onWire = []
    this.#busyUntilS = Number.NEGATIVE_INFINITY
  }
}
