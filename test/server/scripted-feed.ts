import type { LiveStance } from '../../host/analysis/document.ts'
import type { Recordings } from '../../host/server/messages.ts'
import type {
  FeedCommand,
  FeedMessage,
  FeedState,
  Overview,
  PoseMessage,
  SessionFeed,
} from '../../host/session/feed.ts'
import { bareInfo } from '../shared/session-info.ts'

/** A page that comes late is told this many of the last messages. */
const KEPT = 100

/** A feed that says what a test tells it to, and notes what it was told. */
export class ScriptedFeed implements SessionFeed {
  readonly told: string[] = []
  readonly commands: FeedCommand[] = []
  /** Session time of its state. */
  timeS = 0
  closed = false
  kept: FeedMessage[] = []
  readonly #listeners = new Set<(message: FeedMessage) => void>()
  readonly #restarted = new Set<() => void>()
  readonly #posed = new Set<(message: PoseMessage) => void>()
  readonly #source: FeedState['source']

  constructor(source: FeedState['source'] = 'live') {
    this.#source = source
  }

  get listeners(): number {
    return this.#listeners.size
  }

  say(message: FeedMessage): void {
    this.kept = [...this.kept.slice(1 - KEPT), message]
    for (const listener of this.#listeners) listener(message)
  }

  subscribe(listener: (message: FeedMessage) => void, restarted: () => void = () => {}): () => void {
    this.#listeners.add(listener)
    this.#restarted.add(restarted)
    return () => {
      this.#listeners.delete(listener)
      this.#restarted.delete(restarted)
    }
  }

  /** Another moment: what was told before holds no longer. */
  restart(): void {
    this.kept = []
    for (const restarted of this.#restarted) restarted()
  }

  poses(listener: (message: PoseMessage) => void): () => void {
    this.#posed.add(listener)
    return () => this.#posed.delete(listener)
  }

  /** How many ask for poses. */
  get posed(): number {
    return this.#posed.size
  }

  pose(message: PoseMessage): void {
    for (const listener of this.#posed) listener(message)
  }

  recent(): FeedMessage[] {
    return [stateAt(this.timeS, this.#source), ...this.kept]
  }

  async obey(command: FeedCommand): Promise<void> {
    if (command.type === 'speed' && this.#source === 'live')
      throw new Error('a live session has no speed: only a replay can be slowed')
    this.commands.push(command)
    this.told.push(Object.values(command).join(' '))
    if (command.type === 'mark') this.say({ type: 'mark', mark: { timeS: 1, ...command } })
  }

  async overview(): Promise<Overview> {
    throw new Error('a scripted feed has no overview')
  }

  async close(): Promise<void> {
    this.closed = true
  }
}

export const stateAt = (timeS: number, source: FeedState['source'] = 'live'): FeedState => ({
  type: 'state',
  source,
  phase: source === 'live' ? 'recording' : 'paused',
  timeS,
  durationS: source === 'live' ? null : 60,
  speed: source === 'live' ? null : 1,
  recording: 'a.mcap',
  info: {
    ...bareInfo,
    id: 's',
  },
})

/** A stance whose eversion rises to `peakDeg` at `peakPct` and falls again, in straight lines. */
export function stanceOf(
  index: number,
  { leg = 'left' as LiveStance['leg'], peakDeg = 10, peakPct = 40, reasons = [] as string[] } = {},
): LiveStance {
  const icS = index
  const eversionDeg = Array.from({ length: 101 }, (_, i) =>
    i <= peakPct ? (peakDeg * i) / peakPct : (peakDeg * (100 - i)) / (100 - peakPct),
  )
  return {
    leg,
    index,
    icS,
    toS: icS + 0.25,
    footFlatS: icS + 0.025,
    heelRiseS: icS + 0.15,
    announcedS: icS + 0.26,
    curves: {
      eversionDeg,
      tibialRotationDeg: eversionDeg.map((value) => value + 5),
      dorsiflexionDeg: null,
      tibialAxialG: null,
    },
    metrics: { peakEversionDeg: peakDeg, peakEversionPct: peakPct, contactTimeMs: 250 },
    quality: { ok: reasons.length === 0, reasons },
  }
}

/** A folder in which nothing was recorded yet. */
export const noRecordings: Recordings = {
  list: async () => [],
  open: async () => null,
}
