import type { Duplex } from 'node:stream'
import { Subject } from 'rxjs'
import {
  emptyHeader,
  type FrameHeader,
  HEADER_BYTES,
  readHeader,
  TYPE_ACK,
  TYPE_HELLO,
  TYPE_SAMPLES,
  TYPE_TIME,
} from '../../shared/frame.ts'
import { type Ack, type CommandVerb, commandLine, type Hello } from '../../shared/messages.ts'
import { FrameDecoder } from './decoder.ts'
import type { Gap } from './hole.ts'
import type { HostClock } from './host-clock.ts'
import { LineWatch } from './line-watch.ts'
import { readMessage } from './messages.ts'
import { Pings } from './pings.ts'
import { Reception } from './reception.ts'
import { Streams } from './streams.ts'

const ANSWER_MS = 1000
const SELF_TEST_MS = 5000
const HELLO_EVERY_MS = 500
const HELLO_TRIES = 6
const START_TRIES = 3
/** Frames kept for the first who listens. */
const MAX_EARLY = 1024
const FILLED_EVERY_MS = 20

/** Nobody answered, or the answer was no. */
export class PodError extends Error {
  override name = 'PodError'
}

/** A verified frame with the session time at which the chunk that completed it was read, s. */
export interface StampedFrame {
  bytes: Uint8Array
  arrivalS: number
}

interface Waiting {
  resolve(ack: Ack): void
  reject(error: PodError): void
  callOff(): void
}

/**
 * One serial port with pods behind it: frames out, commands in. Frames come in the order in which they arrived, each once; what is missing
 * is asked for again meanwhile (`docs/link.md`).
 */
export class PodLink {
  /** The port, as people know it. */
  readonly name: string
  /** A frame's bytes are valid during the call. Completes when the port has gone. */
  readonly frames = new Subject<StampedFrame>()
  /** What will never come, each once, as soon as that is known. */
  readonly gaps = new Subject<Gap>()
  /** A pod that streamed has booted and waits to be started. */
  readonly resets = new Subject<Hello>()
  /** The last hello of each pod on this port, by its id. */
  readonly hellos = new Map<string, Hello>()

  readonly #port: Duplex
  readonly #signalDbm: () => number | null
  readonly #clock: HostClock
  readonly #decoder: FrameDecoder
  readonly #header = emptyHeader()
  readonly #reception: Reception
  readonly #watch: LineWatch
  readonly #pings: Pings
  /** Frames that came before anybody listened. */
  #early: StampedFrame[] = []
  readonly #waiting = new Map<number, Waiting>()
  /** Pods that have been asked who they are. */
  readonly #asked = new Set<number>()
  #lastCommand = 0
  #arrivalS = 0
  #open: boolean = true

  /**
   * @param port opened, and read from here on: a port nobody reads never notices that it was unplugged
   * @param streams what was heard before, on this port or another: streams that still run go on, and what was missed is asked for
   * @param signalDbm of a port without a cable
   */
  constructor(
    port: Duplex,
    name: string,
    clock: HostClock,
    streams: Streams = new Streams(),
    signalDbm: () => number | null = () => null,
  ) {
    this.#port = port
    this.#signalDbm = signalDbm
    this.name = name
    this.#clock = clock
    this.#decoder = new FrameDecoder((frame) => this.#take(frame))
    this.#watch = new LineWatch(clock, () => this.#reception.tick(clock.nowS()))
    this.#reception = new Reception(streams, {
      resend: (stream, from, count) => this.#send('resend', { stream, from, count }),
      gap: (gap) => this.gaps.next(gap),
      reset: (hello) => this.resets.next(hello),
      damage: () => this.#decoder.skippedBytes,
      stalledS: () => this.#watch.stalledS,
    })
    this.#pings = new Pings(clock, (token) => this.#send('ping', { token }))
    port.on('data', (chunk: Uint8Array) => {
      this.#arrivalS = clock.nowS()
      this.#watch.start()
      this.#decoder.push(chunk)
      this.#reception.tick(this.#arrivalS)
    })
    port.on('error', () => {})
    port.once('close', () => this.#gone())
  }

  get isOpen(): boolean {
    return this.#open
  }

  /** Strength at which the port's radio is received, dBm; `null` on a cable, and while it is not known. */
  get signalDbm(): number | null {
    return this.#open ? this.#signalDbm() : null
  }

  /** Samples lost for good; frames filled in afterwards, and come twice; bytes that were in no frame. Of the streams heard here. */
  get counts(): { lost: number; recovered: number; duplicates: number; skippedBytes: number } {
    return { ...this.#reception.counts, skippedBytes: this.#decoder.skippedBytes }
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
      if (this.#reception.resumed) this.#pings.slowly()
      else this.#pings.quickly()
      return hello
    }
    throw new PodError(`${this.name}: nobody there speaks the pods' language`)
  }

  /**
   * New streams; the clocks are compared anew. Said again when nobody answers.
   * @throws PodError as `command`
   */
  async start(): Promise<void> {
    for (let n = 1; ; n++) {
      this.#reception.expectNew(this.#clock.nowS())
      try {
        await this.command('start')
        break
      } catch (error) {
        // its answer was lost: the hello of the new stream says the same
        if ([...this.hellos.values()].some(({ streaming }) => streaming)) break
        if (n === START_TRIES || !this.#open) throw error
      }
    }
    this.#pings.quickly()
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
    if (verb === 'start' || verb === 'stop') this.#reception.ending()
    return new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new PodError(`${this.name}: ${verb}: ${why}`))
      if (!this.#open) return fail('the port has gone')
      const id = this.#send(verb, args)
      const callOff = this.#clock.after(withinMs, () => {
        this.#waiting.delete(id)
        fail(`no answer within ${withinMs / 1000} s`)
      })
      this.#waiting.set(id, { resolve, reject, callOff })
    })
  }

  /** Resolves when everything has come that can, at the latest after so long: what streams that have ended still lack then is lost. */
  filled(withinMs: number): Promise<void> {
    const endS = this.#clock.nowS() + withinMs / 1e3
    return new Promise((resolve) => {
      const look = () => {
        const wait = this.#open && this.#reception.isOpen && this.#clock.nowS() < endS
        if (wait) this.#clock.after(FILLED_EVERY_MS, look)
        else {
          this.#reception.giveUp()
          resolve()
        }
      }
      look()
    })
  }

  /** Passes on what came before anybody listened. */
  settle(): void {
    if (!this.frames.observed) return
    for (const early of this.#early) this.frames.next(early)
    this.#early = []
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

  #take(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const header = readHeader(view, 0, this.#header)
    // whose question was damaged on its way answers another one
    if (header.type === TYPE_TIME && !this.#pings.sent(view.getUint32(HEADER_BYTES, true))) return
    if (!this.#reception.take(header, this.#arrivalS)) return
    if (header.type === TYPE_HELLO) this.#hello(readMessage<Hello>(bytes, header.payloadBytes), header)
    else if (header.type === TYPE_ACK) this.#acknowledged(readMessage<Ack>(bytes, header.payloadBytes))
    else if (header.type === TYPE_SAMPLES && !this.#reception.isIntroduced(header.stream))
      this.#askWho(header.pod)
    if (this.frames.observed) {
      this.settle()
      this.frames.next({ bytes, arrivalS: this.#arrivalS })
    } else if (this.#early.length < MAX_EARLY)
      this.#early.push({ bytes: bytes.slice(), arrivalS: this.#arrivalS })
  }

  #hello(hello: Hello | null, { stream }: FrameHeader): void {
    if (hello === null) return
    this.hellos.set(hello.id, hello)
    this.#reception.introduce(hello, stream)
  }

  /** Samples mean nothing without the hello of their stream, and that one was lost. */
  #askWho(pod: number): void {
    if (this.#asked.has(pod)) return
    this.#asked.add(pod)
    const done = () => void this.#asked.delete(pod)
    this.command('hello').then(done, done)
  }

  #acknowledged(ack: Ack | null): void {
    if (ack === null || this.#reception.answered(ack, this.#arrivalS)) return
    const waiting = this.#waiting.get(ack.id)
    if (!waiting) return
    this.#waiting.delete(ack.id)
    waiting.callOff()
    if (ack.ok) waiting.resolve(ack)
    else waiting.reject(new PodError(`${this.name}: ${ack.error ?? 'refused'}`))
  }

  #send(verb: CommandVerb, args: Readonly<Record<string, string | number>>): number {
    const id = ++this.#lastCommand
    if (this.#open) this.#port.write(commandLine(verb, id, args))
    return id
  }

  #gone(): void {
    this.#open = false
    this.#pings.stop()
    this.#watch.stop()
    this.#decoder.end()
    this.settle()
    this.#reception.detach()
    for (const { reject, callOff } of this.#waiting.values()) {
      callOff()
      reject(new PodError(`${this.name}: the port has gone`))
    }
    this.#waiting.clear()
    this.frames.complete()
    this.gaps.complete()
    this.resets.complete()
  }
}
