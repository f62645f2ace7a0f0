import { createHash, randomBytes, randomInt, randomUUID, timingSafeEqual } from 'node:crypto'
import { ApiError } from './errors.ts'

/** `view` sees the running session; `control` may do what the host's own screen may, but for pairing. */
export type Role = 'view' | 'control'

/** A screen in the network. */
export interface PairedScreen {
  id: string
  name: string
  role: Role
  /** What it asked for; `control` has to be granted on the host. */
  asked: Role
  /** ISO 8601. */
  since: string
  /** Pages of it that watch now. */
  connected: number
}

interface Screen extends Omit<PairedScreen, 'connected'> {
  sockets: Set<Connection>
}
interface Connection {
  close(): void
}

/** No 0 O 1 I: they are read aloud and typed. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const CODE_LENGTH = 4
const CODE_MS = 10 * 60_000
/** Wrong codes from one address, and from all, within the time of a code. With a million codes a guess stays one in ten thousand. */
const TRIES = 5
const ALL_TRIES = 30
const MAX_SCREENS = 16

/** Which screens in the network may see this host. They are forgotten when it ends. */
export class Pairing {
  readonly #now: () => number
  readonly #screens = new Map<string, Screen>()
  #code = ''
  #codeUntilMs = 0
  #wrong: { address: string; atMs: number }[] = []

  /** @param now ms */
  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** The code that pairs one screen, and for how long. */
  code(): { code: string; lapsesS: number } {
    if (this.#now() >= this.#codeUntilMs) this.#renew()
    return { code: this.#code, lapsesS: Math.ceil((this.#codeUntilMs - this.#now()) / 1000) }
  }

  /**
   * @returns the screen and the secret by which it is known from now on
   * @throws ApiError for a wrong code, too many of them, or too many screens
   */
  pair(address: string, given: string, name: string, asked: Role): { screen: PairedScreen; token: string } {
    this.#checkTries(address)
    if (!same(given.trim().toUpperCase(), this.code().code)) {
      this.#wrong.push({ address, atMs: this.#now() })
      throw new ApiError('wrong-code', 'this is not the code that the host shows, or it has lapsed')
    }
    if (this.#screens.size >= MAX_SCREENS)
      throw new ApiError('refused', `${MAX_SCREENS} screens are paired: drop one on the host first`)
    this.#renew()
    const token = randomBytes(32).toString('base64url')
    const screen: Screen = {
      id: randomUUID(),
      name,
      role: 'view',
      asked,
      since: new Date(this.#now()).toISOString(),
      sockets: new Set(),
    }
    this.#screens.set(digest(token), screen)
    return { screen: shown(screen), token }
  }

  /** Whose secret it is; `null`: nobody's, or no longer. */
  screenOf(token: string | undefined): PairedScreen | null {
    const screen = token === undefined ? undefined : this.#screens.get(digest(token))
    return screen ? shown(screen) : null
  }

  list(): PairedScreen[] {
    return [...this.#screens.values()].map(shown)
  }

  /** @throws ApiError when there is no such screen */
  grant(id: string, role: Role): PairedScreen {
    const [, screen] = this.#find(id)
    screen.role = role
    screen.asked = role
    // what it shows it may see no longer: its pages come back and begin with the running session
    if (role === 'view') for (const socket of screen.sockets) socket.close()
    return shown(screen)
  }

  /** The screen sees nothing from now on. @throws ApiError when there is no such screen */
  revoke(id: string): void {
    const [key, screen] = this.#find(id)
    this.#screens.delete(key)
    for (const socket of screen.sockets) socket.close()
  }

  /** A page of a screen is closed when the screen is revoked. @returns how to say that it has gone */
  connected(id: string, socket: Connection): () => void {
    const [, { sockets }] = this.#find(id)
    sockets.add(socket)
    return () => sockets.delete(socket)
  }

  #find(id: string): [key: string, screen: Screen] {
    const found = [...this.#screens].find(([, screen]) => screen.id === id)
    if (found === undefined) throw new ApiError('not-found', 'no such screen is paired')
    return found
  }

  #checkTries(address: string): void {
    const sinceMs = this.#now() - CODE_MS
    this.#wrong = this.#wrong.filter(({ atMs }) => atMs > sinceMs)
    const own = this.#wrong.filter((wrong) => wrong.address === address).length
    if (own >= TRIES || this.#wrong.length >= ALL_TRIES)
      throw new ApiError('too-many-tries', 'too many wrong codes: try again in ten minutes')
  }

  #renew(): void {
    this.#code = Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
    this.#codeUntilMs = this.#now() + CODE_MS
  }
}

const shown = ({ id, name, role, asked, since, sockets }: Screen): PairedScreen => ({
  id,
  name,
  role,
  asked,
  since,
  connected: sockets.size,
})

/** The secrets themselves are nowhere but with the screens. */
const digest = (token: string): string => createHash('sha256').update(token).digest('base64url')

const same = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
