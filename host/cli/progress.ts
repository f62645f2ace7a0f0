/**
 * One redrawn status line on a terminal, nothing at all elsewhere. Machine output owns standard output, so this is standard error.
 */
export class Progress {
  readonly #label: string
  readonly #live = process.stderr.isTTY === true
  #lastMs = 0

  constructor(label: string) {
    this.#label = label
  }

  /** @param share 0…1, or `null` when the end is not known */
  show(share: number | null, detail: string): void {
    const nowMs = performance.now()
    if (!this.#live || nowMs - this.#lastMs < 100) return
    this.#lastMs = nowMs
    const percent = share === null ? '' : `${Math.min(100, Math.round(100 * share))} % · `
    process.stderr.write(`\r\x1b[K${this.#label}: ${percent}${detail}`)
  }

  done(text: string): void {
    process.stderr.write(this.#live ? `\r\x1b[K${text}\n` : `${text}\n`)
  }
}
