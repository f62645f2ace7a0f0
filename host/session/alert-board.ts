import type { Alert, FeedMessage } from './feed.ts'

/** Alerts that stand, each under its key: told when it comes, when it changes and when it goes. */
export class AlertBoard {
  readonly #emit: (message: FeedMessage) => void
  readonly #standing = new Map<string, Alert>()

  constructor(emit: (message: FeedMessage) => void) {
    this.#emit = emit
  }

  has(key: string): boolean {
    return this.#standing.has(key)
  }

  /** It stands from now on, or still; numbers that only move are not told again. */
  raise(alert: Alert): void {
    const before = this.#standing.get(alert.key)
    if (before !== undefined && before.level === alert.level) return
    const standing = { ...alert, fromS: before?.fromS ?? alert.fromS }
    this.#standing.set(alert.key, standing)
    this.#emit({ type: 'alert', alert: standing })
  }

  clear(key: string): void {
    if (this.#standing.delete(key)) this.#emit({ type: 'alert-cleared', key })
  }

  clearAll(): void {
    for (const key of [...this.#standing.keys()]) this.clear(key)
  }
}
