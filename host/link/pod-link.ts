import type { Duplex } from 'node:stream'
import { Subject } from 'rxjs'
import { emptyHeader, readHeader, TYPE_ACK, TYPE_HELLO, TYPE_SAMPLES } from '../../shared/frame.ts'
import { type Ack, type CommandVerb, commandLine, type Hello } from '../../shared/messages.ts'
import { toMicros } from '../../shared/micros.ts'
import { FrameDecoder } from './decoder.ts'
import { FrameOrder, type OrderedFrame } from './frame-order.ts'
import { readMessage } from './messages.ts'

/** Pings come fast until the clocks have met, then slowly. */
const QUICK_PING_MS = 250
const QUICK_PINGS = 20
const PING_MS = 2000
const ANSWER_MS = 1000
const SELF_TEST_MS = 5000
/** A slow radio takes that long for all a pod has. */
const RESEND_MS = 30_000
const HELLO_EVERY_MS = 500
const HELLO_TRIES = 6
/** Frames kept for the first who listens. */
const MAX_EARLY = 64
/** Where a frame says which pod it is from. */
const POD_AT = 3

/** Nobody answered, or the answer was no. */
export class PodError extends Error {
  override name = 'PodError'
}

interface Waiting {
  resolve(ack: Ack): void
  reject(error: PodError): void
  timer: NodeJS.Timeout
}

/**
 * One serial port with pods behind it: frames out, commands in. Frames come in the order of the pod's stream, each stamped with the
 * session time at which the chunk that completed it was read.
 */
export class PodLink {
  /** The port, as people know it. */
  readonly name: string
  /** A frame's bytes are valid during the call. Completes when the port has gone. */
  readonly frames = new Subject<OrderedFrame>()
  /** The last hello of each pod on this port, by its id. */
  readonly hellos = new Map<string, Hello>()

  readonly #port: Duplex
  readonly #nowS: () => number
  readonly #decoder: FrameDecoder
  readonly #header = emptyHeader()
  readonly #orders = new Map<number, FrameOrder>()
  /** Frames that came before anybody listened. */
  #early: OrderedFrame[] = []
  readonly #waiting = new Map<number, Waiting>()
  /** Stream of each pod's last hello, or the one a hello has been asked for. */
  readonly #introduced = new Map<number, number>()
  #lastCommand = 0
  #arrivalS = 0
  #pings = 0
  #pingTimer: NodeJS.Timeout | null = null
  #open: boolean = true

  /**
   * @param port opened, and read from here on: a port nobody reads never notices that it was unplugged
   * @param nowS session time
   * @param before the last link to the same port: streams that still run go on behind it, and what was missed is asked for
   */
  constructor(port: Duplex, name: string, nowS: () => number, before: PodLink | null = null) {
    this.#port = port
    this.name = name
    this.#nowS = nowS
    this.#decoder = new FrameDecoder((frame) => this.#take(frame))
    if (before) for (const [pod, order] of before.#orders) this.#order(pod).resume(order.position)
    port.on('data', (chunk: Uint8Array) => {
      this.#arrivalS = nowS()
      this.#decoder.push(chunk)
    })
    port.on('error', () => {})
    port.once('close', () => this.#gone())
  }

  get isOpen(): boolean {
    return this.#open
  }

  /** Frames: lost for good, filled in afterwards, come twice; bytes that were in no frame. */
  get counts(): { lost: number; recovered: number; duplicates: number; skippedBytes: number } {
    const counts = { lost: 0, recovered: 0, duplicates: 0, skippedBytes: this.#decoder.skippedBytes }
    for (const order of this.#orders.values()) {
      counts.lost += order.lost
      counts.recovered += order.recovered
      counts.duplicates += order.duplicates
    }
    return counts
  }

  /**
   * Asks who is there, a few times: a pod that boots needs a moment. Pings from then on.
   * @throws PodError when nobody says hello
   */
  async greet(): Promise<Hello> {
    for (let n = 0; n < HELLO_TRIES && this.#open; n++) {
      await this.command('hello', {}, HELLO_EVERY_MS).catch(() => {})
      const [hello] = this.hellos.values()
      if (hello === undefined) continue
      this.#pingQuickly()
      return hello
    }
    throw new PodError(`${this.name}: nobody there speaks the pods' language`)
  }

  /** New streams; the clocks are compared anew. */
  async start(): Promise<void> {
    await this.command('start')
    this.#pingQuickly()
  }

  /**
   * Sends a command and waits for its acknowledgement.
   * @throws PodError when the pod refuses, does not answer in time, or has gone
   */
  command(
    verb: CommandVerb,
    args: Readonly<Record<string, string | number>> = {},
    withinMs = verb === 'selftest' ? SELF_TEST_MS : ANSWER_MS,
  ): Promise<Ack> {
    const id = ++this.#lastCommand
    return new Promise((resolve, reject) => {
      const fail = (why: string) => {
        this.#waiting.delete(id)
        reject(new PodError(`${this.name}: ${verb}: ${why}`))
      }
      if (!this.#open) return fail('the port has gone')
      const timer = setTimeout(() => fail(`no answer within ${withinMs / 1000} s`), withinMs)
      this.#waiting.set(id, { resolve, reject, timer })
      this.#port.write(commandLine(verb, id, args))
    })
  }

  /** Passes on what waits: frames that came before anybody listened, and those behind a hole, which is given up. */
  settle(): void {
    if (this.frames.observed) this.#passEarly()
    for (const order of this.#orders.values()) order.giveUp()
  }

  /** Closes the port; `frames` completes. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#open) return resolve()
      this.#port.once('close', () => resolve())
      if ('close' in this.#port && typeof this.#port.close === 'function') this.#port.close()
      else this.#port.destroy()
    })
  }

  #take(frame: Uint8Array): void {
    const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
    const { type, pod, payloadBytes, stream } = readHeader(view, 0, this.#header)
    if (type === TYPE_HELLO) {
      const hello = readMessage<Hello>(frame, payloadBytes)
      if (hello !== null) {
        this.hellos.set(hello.id, hello)
        this.#order(pod).ring = hello.ring
      }
      this.#introduced.set(pod, stream)
    } else if (type === TYPE_ACK) this.#acknowledged(readMessage<Ack>(frame, payloadBytes))
    else if (type === TYPE_SAMPLES && this.#introduced.get(pod) !== stream) {
      // samples mean nothing without the hello of their stream, and that one was lost
      this.#introduced.set(pod, stream)
      this.command('hello').catch(() => this.#introduced.delete(pod))
    }
    if (this.frames.observed) this.#pass(pod, frame)
    else if (this.#early.length < MAX_EARLY)
      this.#early.push({ bytes: frame.slice(), arrivalS: this.#arrivalS })
  }

  #pass(pod: number, bytes: Uint8Array): void {
    this.#passEarly()
    this.#order(pod).push({ bytes, arrivalS: this.#arrivalS })
  }

  #passEarly(): void {
    for (const early of this.#early) this.#order(early.bytes[POD_AT]!).push(early)
    this.#early = []
  }

  #order(pod: number): FrameOrder {
    const known = this.#orders.get(pod)
    if (known) return known
    let asked = 0
    const order: FrameOrder = new FrameOrder(
      (frame) => this.frames.next(frame),
      (stream, from, count) => {
        asked++
        const answered = () => {
          if (--asked === 0) order.giveUp()
        }
        this.command('resend', { stream, from, count }, RESEND_MS).then(answered, answered)
      },
    )
    this.#orders.set(pod, order)
    return order
  }

  #acknowledged(ack: Ack | null): void {
    const waiting = ack && this.#waiting.get(ack.id)
    if (!ack || !waiting) return
    this.#waiting.delete(ack.id)
    clearTimeout(waiting.timer)
    if (ack.ok) waiting.resolve(ack)
    else waiting.reject(new PodError(`${this.name}: ${ack.error ?? 'refused'}`))
  }

  #pingQuickly(): void {
    this.#pings = 0
    if (this.#pingTimer) clearTimeout(this.#pingTimer)
    this.#ping()
  }

  #ping(): void {
    if (!this.#open) return
    const line = commandLine('ping', ++this.#lastCommand, { token: toMicros(this.#nowS()) })
    this.#port.write(line)
    this.#pingTimer = setTimeout(() => this.#ping(), ++this.#pings < QUICK_PINGS ? QUICK_PING_MS : PING_MS)
  }

  #gone(): void {
    this.#open = false
    if (this.#pingTimer) clearTimeout(this.#pingTimer)
    this.#decoder.end()
    this.settle()
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer)
      reject(new PodError(`${this.name}: the port has gone`))
    }
    this.#waiting.clear()
    this.frames.complete()
  }
}
