/** Writes the tables of `docs/methods/clock.md`: `npm run -s clock-errors`; half a minute. */
import { type ClockScenario, quantile, scoreClock, WIRES } from '../clock/clock-score.ts'
import { putIntoPage } from './generated.ts'

const SCENARIOS: readonly ClockScenario[] = [
  {
    name: 'USB: 0.3 ms + exponential of mean 0.5 ms to the pod and 1 ms from it, up to 32 ms',
    wire: WIRES.usb,
  },
  { name: 'the same at 208 Hz', wire: WIRES.usb, rateHz: 208 },
  { name: 'Bluetooth: uniform 1–8.5 ms both ways', wire: WIRES.bluetooth },
  { name: 'the same at 208 Hz', wire: WIRES.bluetooth, rateHz: 208 },
  {
    name: 'bad radio: 1 ms + exponential of mean 8 ms to the pod and 20 ms from it, up to 65 ms',
    wire: WIRES.radio,
  },
  { name: 'the same at 208 Hz', wire: WIRES.radio, rateHz: 208 },
  { name: 'hopeless: uniform 1–65 ms to the pod, 1–11 ms from it', wire: WIRES.hopeless },
  { name: 'the same at 208 Hz', wire: WIRES.hopeless, rateHz: 208 },
  {
    name: 'Bluetooth, oscillators that drift by up to 10 ppm a minute, 5 minutes',
    wire: WIRES.bluetooth,
    rampPpmPerMin: 10,
    seconds: 300,
  },
  { name: 'Bluetooth, every pod boots in between', wire: WIRES.bluetooth, reset: true },
  { name: 'Bluetooth, 5 % of frames lost for good in bursts of 20', wire: WIRES.bluetooth, lost: 0.05 },
  { name: 'lopsided: Bluetooth, and 10 ms more to the pod, always', wire: WIRES.lopsided },
]
const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1)

const ms = (values: readonly number[], q: number): string => quantile(values, q).toFixed(2)
const lines = [
  '| Link: delay to the pod, from the pod | median | 95 % | worst | between pods: 95 % | worst | stated (median) | within once, twice the stated | sample rate: 95 %, worst |',
  '|---|---|---|---|---|---|---|---|---|',
]
for (const scenario of SCENARIOS) {
  const { errorsMs, betweenMs, statedMs, within, ratePpm } = scoreClock(scenario, SEEDS)
  const cells = [
    scenario.name,
    ms(errorsMs, 0.5),
    ms(errorsMs, 0.95),
    ms(errorsMs, 1),
    ms(betweenMs, 0.95),
    ms(betweenMs, 1),
    ms(statedMs, 0.5),
    within.map((share) => `${(100 * share).toFixed(0)} %`).join(', '),
    `${quantile(ratePpm, 0.95).toFixed(0)}, ${quantile(ratePpm, 1).toFixed(0)} ppm`,
  ]
  lines.push(`| ${cells.join(' | ')} |`)
  process.stdout.write(`${lines.at(-1)}\n`)
}
await putIntoPage('docs/methods/clock.md', 'clock-errors', lines)
