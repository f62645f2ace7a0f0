import { Script } from 'node:vm'
import { crc32 } from 'node:zlib'
import { bytesWritten } from '../../firmware/virtual/bytes.ts'
import { VirtualPod } from '../../firmware/virtual/pod.ts'
import { espruinoRealm, type Realm } from '../../firmware/virtual/realm.ts'
import { still } from '../firmware/rig.ts'

/** Erased flash. */
const BLANK = '\xff'
const FILE_OVERHEAD = 32
const BOOT_FILE = '.bootcde'

export interface BoardOptions {
  env?: Record<string, unknown>
  flashBytes?: number
  password?: string
  /** What is in flash already. */
  files?: Record<string, string>
  /** Runs its program from the start. */
  running?: boolean
  /** A write that goes wrong: what really gets into flash. */
  corrupt?: (content: string, offset: number) => string
  /** Nothing is heard and nothing is said from this many characters on. */
  diesAfter?: number
}

/**
 * A board with Espruino's console on its port, written after the interpreter's README_Protocol.md and its reference of Storage: lines,
 * echo, DLE, Ctrl-C, password, flash that can be written once, `reset()` and `load()`. What it loads is a real virtual pod that runs the very
 * bytes that were written, its time going `speed` times as fast; while that pod has taken the port, the console hears nothing.
 */
export class EspruinoBoard {
  readonly files = new Map<string, string>()
  pod: VirtualPod | null = null
  /** Lines that were run. */
  readonly lines: string[] = []

  readonly #options: BoardOptions
  readonly #speed: number
  readonly #listeners = new Set<(bytes: Uint8Array, timeS: number) => void>()
  readonly #timer: NodeJS.Timeout
  readonly #startMs = performance.now()
  #trash = 0
  #realm!: Realm
  #line = ''
  #quiet: boolean = false
  #locked: boolean
  #heard = 0

  constructor(options: BoardOptions = {}, speed = 1) {
    this.#options = options
    this.#speed = speed
    this.#locked = options.password !== undefined
    for (const [name, content] of Object.entries(options.files ?? {})) this.files.set(name, content)
    this.#reset()
    if (options.running) this.#load()
    this.#timer = setInterval(() => this.#advance(), 5)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  onBytes(listener: (bytes: Uint8Array, timeS: number) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  receive(data: string | Uint8Array): void {
    const text = typeof data === 'string' ? data : Buffer.from(data).toString('latin1')
    this.#heard += text.length
    if (this.#heard > (this.#options.diesAfter ?? Number.POSITIVE_INFINITY)) return
    this.#advance()
    if (this.pod !== null && !this.pod.machine.consoleOnPort) {
      this.pod.receive(text)
      this.#advance()
      return
    }
    for (const character of text) this.#key(character)
  }

  #advance(): void {
    this.pod?.advanceTo(((performance.now() - this.#startMs) / 1000) * this.#speed)
  }

  #say(text: string): void {
    for (const listener of this.#listeners) listener(Buffer.from(text, 'latin1'), 0)
  }

  #key(character: string): void {
    if (character === '\x03') this.#line = ''
    else if (character === '\x10' && this.#line === '') this.#quiet = true
    else if (character === '\n' || character === '\r') this.#enter()
    else {
      this.#line += character
      if (!this.#quiet && !this.#locked) this.#say(character)
    }
  }

  #enter(): void {
    const line = this.#line
    const quiet = this.#quiet
    this.#line = ''
    this.#quiet = false
    if (this.#locked) {
      this.#locked = line !== this.#options.password
      this.#say(this.#locked ? '\n  Invalid password\npassword>' : '\n  Logged in.\n>')
      return
    }
    if (line === '') return
    this.lines.push(line)
    if (!quiet) this.#say('\r\n')
    try {
      const value = new Script(line).runInContext(this.#realm.context)
      if (!quiet) this.#say(`=${String(value)}\r\n>`)
    } catch (error) {
      this.#say(`Uncaught ${error}\r\n at line 1 col 1\r\n>`)
    }
  }

  #reset(): void {
    this.pod = null
    this.#realm = espruinoRealm(
      {
        print: (text: unknown) => this.#say(`${text}\r\n`),
        process: { env: { VERSION: '2v29', BOARD: 'XIAOBLE', ...this.#options.env } },
        require: () => this.#storage(),
        E: { CRC32: (value: unknown) => crc32(bytesWritten(value)) },
        reset: () => this.#later(() => this.#reset()),
        load: () => this.#later(() => this.#load()),
      },
      () => {},
    )
    this.#say(
      '\r\n ____                 _ \r\n|  __|___ ___ ___ _ _|_|___ ___ \r\n 2v29 (c) 2026 G.Williams\r\n\r\n>',
    )
  }

  /** The interpreter does it when the line is through. */
  #later(what: () => void): void {
    setTimeout(what, 10)
  }

  #load(): void {
    const code = this.files.get(BOOT_FILE)
    this.#reset()
    if (code === undefined) return
    try {
      this.pod = new VirtualPod({
        board: 'xiao-nrf52840-sense',
        code,
        worn: still,
        id: 'c0ffee',
        bootS: ((performance.now() - this.#startMs) / 1000) * this.#speed,
      })
    } catch (error) {
      this.#say(`Uncaught ${error}\r\n>`)
      return
    }
    this.pod.onBytes((bytes, timeS) => {
      for (const listener of this.#listeners) listener(bytes, timeS)
    })
  }

  #free(): number {
    let taken = this.#trash
    for (const content of this.files.values()) taken += content.length + FILE_OVERHEAD
    return (this.#options.flashBytes ?? 100_000) - taken
  }

  #storage() {
    const { files } = this
    return {
      list: () => [...files.keys()],
      getFree: () => this.#free(),
      compact: () => {
        this.#trash = 0
      },
      erase: (name: string) => {
        const content = files.get(name)
        // erased space comes back with the next compaction only
        if (content !== undefined) this.#trash += content.length + FILE_OVERHEAD
        files.delete(name)
      },
      read: (name: string, offset = 0, length?: number) =>
        files.get(name)?.slice(offset, length === undefined ? undefined : offset + length),
      write: (name: string, data: string, offset = 0, size = data.length) =>
        this.#write(name, data, offset, size),
    }
  }

  #write(name: string, data: string, offset: number, size: number): boolean {
    if (!this.files.has(name)) {
      if (offset > 0 || this.#free() < size + FILE_OVERHEAD) throw new Error('Unable to find or create file')
      this.files.set(name, BLANK.repeat(size))
    }
    const before = this.files.get(name)!
    if (offset + data.length > before.length) throw new Error('Too much data for file size')
    if (before.slice(offset, offset + data.length) !== BLANK.repeat(data.length))
      throw new Error('File already written with different data')
    const stored = this.#options.corrupt?.(data, offset) ?? data
    this.files.set(name, before.slice(0, offset) + stored + before.slice(offset + data.length))
    return true
  }
}
