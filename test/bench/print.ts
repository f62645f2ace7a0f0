/** One line of the report: `name: value unit`. */
export function print(name: string, value: number, unit: string, digits = 0): void {
  process.stdout.write(`${name}: ${value.toFixed(digits)} ${unit}\n`)
}

/** One line about what goes on, beside the report. */
export const say = (line: string): void => void process.stderr.write(`${line} …\n`)

/** The quickest of several: what the machine's other work adds is never negative. */
export function quickestMs(times: number, run: () => void): number {
  let quickest = Number.POSITIVE_INFINITY
  for (let k = 0; k < times; k++) {
    const startMs = performance.now()
    run()
    quickest = Math.min(quickest, performance.now() - startMs)
  }
  return quickest
}

/** The value below which the share of them lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}
