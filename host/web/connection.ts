import { signal } from '@preact/signals'
import type { ClientMessage, ErrorMessage, FeedMessage, ServerMessage } from '../server/messages.ts'

/** `open`: the host has told what is watched now, and does what it is asked to. */
export type LinkState = 'connecting' | 'open' | 'lost'

/** Waits 0.5, 1, 2, 4, then 8 s between attempts. */
export const backOffMs = (attempt: number): number => 500 * 2 ** Math.min(attempt, 4)

export interface Receiver {
  restart(messages: readonly FeedMessage[]): void
  receive(message: FeedMessage): void
}

/** The one WebSocket. It comes back by itself and then starts afresh from the server's `recent`. */
export class Connection {
  readonly link = signal<LinkState>('connecting')
  /** Page time at which the next attempt is due, ms. */
  readonly retryAtMs = signal(0)
  /** What the server last refused. */
  readonly problem = signal<ErrorMessage | null>(null)
  /** Why what was asked for cannot be shown. */
  readonly unreadable = signal<string | null>(null)

  readonly #url: string
  readonly #receiver: Receiver
  readonly #listeners = new Set<(message: FeedMessage) => void>()
  #socket: WebSocket | null = null
  #recording: string | null = null
  /** Messages of what was watched before are dropped until the `recent` of what is watched now. */
  #current: boolean = false
  /** Where the legs point is wanted; asked for anew whenever something else is watched. */
  #poses: boolean = false
  #attempt = 0
  #timer = 0

  constructor(url: string, receiver: Receiver) {
    this.#url = url
    this.#receiver = receiver
  }

  open(): void {
    clearTimeout(this.#timer)
    const socket = new WebSocket(this.#url)
    this.#socket = socket
    socket.onopen = () => {
      this.#attempt = 0
      if (this.#recording !== null) this.send({ type: 'watch', recording: this.#recording })
    }
    socket.onmessage = ({ data }) => this.#take(JSON.parse(String(data)) as ServerMessage)
    socket.onclose = () => {
      if (socket === this.#socket) this.#retryLater()
    }
  }

  tryNow(): void {
    if (this.link.value === 'lost') this.open()
  }

  /** Shows a recording, or with `null` what the server itself runs. */
  watch(recording: string | null): void {
    if (recording === this.#recording) return
    this.#recording = recording
    this.#current = false
    this.problem.value = null
    this.unreadable.value = null
    if (this.link.value === 'open') this.link.value = 'connecting'
    this.#receiver.restart([])
    this.send({ type: 'watch', recording })
  }

  showPoses(on: boolean): void {
    this.#poses = on
    this.send({ type: 'pose', on })
  }

  send(message: ClientMessage): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return
    // the host would do it to whatever it showed before
    if (!this.#current && message.type !== 'watch') return
    this.problem.value = null
    this.#socket.send(JSON.stringify(message))
  }

  /** Hears every message as it happens, but not what is told of before; returns how to stop. */
  listen(listener: (message: FeedMessage) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #take(message: ServerMessage): void {
    if (message.type === 'error') {
      if (this.#current) this.problem.value = message
      else {
        this.unreadable.value = message.message
        this.link.value = 'open'
      }
    } else if (message.type === 'recent') {
      this.#current = message.recording === this.#recording
      if (!this.#current) return
      this.unreadable.value = null
      this.#receiver.restart(message.messages)
      this.link.value = 'open'
      if (this.#poses) this.send({ type: 'pose', on: true })
    } else if (this.#current) {
      this.#receiver.receive(message)
      for (const listener of this.#listeners) listener(message)
    }
  }

  #retryLater(): void {
    const waitMs = backOffMs(this.#attempt++)
    this.#current = false
    this.link.value = 'lost'
    this.retryAtMs.value = performance.now() + waitMs
    this.#timer = window.setTimeout(() => this.open(), waitMs)
  }
}
