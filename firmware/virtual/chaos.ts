import type { VirtualPod } from './pod.ts'
import { uniforms } from './runner/random.ts'
import type { BytesListener } from './transmitter.ts'

/** What a wire does to what passes; all 0 is a good wire. */
export interface ChaosOptions {
  seed: number
  /** Chance that a bit flips, both ways. */
  bitErrors?: number
  /** Shares of the pod's writes that never come, come twice, come in two pieces, and come only with the next one. */
  lost?: number
  twice?: number
  cut?: number
  joined?: number
  /** What a receiver keeps while its host does not read, bytes; what comes on top is lost. Linux keeps 4096 of a serial line. */
  receiveBytes?: number
}

export const CHAOS_KINDS = [
  'bits flipped',
  'writes lost',
  'writes twice',
  'writes cut',
  'writes joined',
  'stalls',
  'writes overrun',
  'brown-outs',
] as const
export type ChaosKind = (typeof CHAOS_KINDS)[number]

const RECEIVE_BYTES = 4096

/**
 * A bad wire between a virtual pod and whoever listens: it flips bits, loses, doubles, cuts and joins what is written, stalls, and can
 * take the pod's power away in the middle of a frame. Seeded: the same seed and times do the same damage. To be moved on in the
 * place of its pod.
 */
export class ChaosWire {
  readonly injected: Record<ChaosKind, number>

  readonly #pod: VirtualPod
  readonly #options: ChaosOptions
  readonly #draw: () => number
  readonly #listeners = new Set<BytesListener>()
  #disconnect: (() => void) | null = null
  /** Bits to the next that flips. */
  #bitsLeft: number
  #joined: Uint8Array | null = null
  #waiting: Uint8Array[] = []
  #waitingBytes = 0
  #stalledUntilS = Number.NEGATIVE_INFINITY
  #receiveBytes = Number.POSITIVE_INFINITY
  #power: 'on' | 'failing' | 'off' = 'on'

  constructor(pod: VirtualPod, options: ChaosOptions) {
    this.#pod = pod
    this.#options = options
    this.#draw = uniforms(options.seed)
    this.#bitsLeft = this.#nextFlip()
    this.injected = Object.fromEntries(CHAOS_KINDS.map((kind) => [kind, 0])) as Record<ChaosKind, number>
  }

  get id(): string {
    return this.#pod.id
  }

  /** As on the pod: while nobody listens its bytes are dropped. */
  onBytes(listener: BytesListener): () => void {
    this.#listeners.add(listener)
    this.#disconnect ??= this.#pod.onBytes((bytes) => this.#pass(bytes))
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      this.#disconnect?.()
      this.#disconnect = null
      this.#waiting = []
      this.#waitingBytes = 0
      this.#joined = null
    }
  }

  receive(data: string | Uint8Array): void {
    const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : Buffer.from(data)
    this.#flip(bytes)
    this.#pod.receive(bytes)
  }

  advanceTo(timeS: number): void {
    this.#pod.advanceTo(timeS)
    if (this.#power === 'off') {
      this.#power = 'on'
      this.#pod.powerCycle()
    }
    if (timeS < this.#stalledUntilS) return
    this.#receiveBytes = Number.POSITIVE_INFINITY
    const waiting = this.#waiting
    this.#waiting = []
    this.#waitingBytes = 0
    for (const bytes of waiting) this.#deliver(bytes)
  }

  /** Nothing comes out until then; all of it afterwards. */
  stall(untilS: number): void {
    this.injected.stalls++
    this.#stalledUntilS = untilS
  }

  /** The host does not read until then: what its receiver cannot hold is lost. */
  neglect(untilS: number): void {
    this.#stalledUntilS = untilS
    this.#receiveBytes = this.#options.receiveBytes ?? RECEIVE_BYTES
  }

  /** The pod's power fails while its next frame is on the wire, and comes back at once. */
  brownOut(): void {
    this.#power = 'failing'
  }

  #pass(bytes: Uint8Array): void {
    const { lost = 0, twice = 0, cut = 0, joined = 0 } = this.#options
    if (this.#power === 'off') return
    if (this.#power === 'failing') {
      this.#power = 'off'
      this.injected['brown-outs']++
      this.#hand(bytes.slice(0, bytes.length >> 1))
      return
    }
    if (this.#happens(lost, 'writes lost')) return
    this.#flip(bytes)
    if (this.#happens(joined, 'writes joined')) {
      this.#joined = this.#joined ? Buffer.concat([this.#joined, bytes]) : bytes
      return
    }
    if (this.#joined) {
      this.#hand(Buffer.concat([this.#joined, bytes]))
      this.#joined = null
    } else if (this.#happens(cut, 'writes cut')) {
      const at = 1 + Math.floor(this.#draw() * (bytes.length - 1))
      this.#hand(bytes.slice(0, at))
      this.#hand(bytes.slice(at))
    } else this.#hand(bytes)
    if (this.#happens(twice, 'writes twice')) this.#hand(bytes.slice())
  }

  #hand(bytes: Uint8Array): void {
    if (this.#stalledUntilS <= this.#pod.timeS) {
      this.#deliver(bytes)
      return
    }
    const kept = bytes.slice(0, this.#receiveBytes - this.#waitingBytes)
    if (kept.length < bytes.length) this.injected['writes overrun']++
    if (kept.length === 0) return
    this.#waiting.push(kept)
    this.#waitingBytes += kept.length
  }

  #deliver(bytes: Uint8Array): void {
    for (const listener of this.#listeners) listener(bytes, this.#pod.timeS)
  }

  #happens(share: number, kind: ChaosKind): boolean {
    if (share === 0 || this.#draw() >= share) return false
    this.injected[kind]++
    return true
  }

  #flip(bytes: Uint8Array): void {
    while (this.#bitsLeft < 8 * bytes.length) {
      bytes[this.#bitsLeft >> 3]! ^= 1 << (this.#bitsLeft & 7)
      this.injected['bits flipped']++
      this.#bitsLeft += 1 + this.#nextFlip()
    }
    this.#bitsLeft -= 8 * bytes.length
  }

  /** Good bits before the next flip: geometric. */
  #nextFlip(): number {
    const { bitErrors = 0 } = this.#options
    if (bitErrors === 0) return Number.POSITIVE_INFINITY
    return Math.floor(Math.log(1 - this.#draw()) / Math.log(1 - bitErrors))
  }
}
