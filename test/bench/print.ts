/** One line of the report: `name: value unit`. */
export function print(name: string, value: number, unit: string, digits = 0): void {
  process.stdout.write(`${name}: ${value.toFixed(digits)} ${unit}\n`)
}

/** One line about what goes on, beside the report. */
export const say = (line: string): void => void process.stderr.write(`${line} …\n`)

/** Processor time of this process with all its threads, ms: waiting for a core is not in it, collecting garbage is. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e3
}

/**
 * Processor time of a piece of work, ms, the quickest of several: what the machine's other work adds is never negative. `run` calls
 * `lap` at the same places each time; the quickest is taken lap by lap.
 */
export function quickestMs(times: number, run: (lap: () => void) => void): number {
  const laps: number[] = []
  for (let k = 0; k < times; k++) {
    let n = 0
    let beforeMs = cpuMs()
    const lap = (): void => {
      const nowMs = cpuMs()
      laps[n] = Math.min(laps[n] ?? Number.POSITIVE_INFINITY, nowMs - beforeMs)
      n++
      beforeMs = cpuMs()
    }
    run(lap)
    lap()
  }
  return laps.reduce((sum, ms) => sum + ms, 0)
}

/** The value below which the share of them lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}
