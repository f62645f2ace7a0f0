/**
 * Prints how far the numbers are from the truth, per quantity: bias, SD, RMS and the worst leg's mean, with true events.
 *   npx node test/tools/score-angles.ts [folder of session folders …] [--no-standing]
 * Without a folder: the captured runners. `footfall simulate` writes folders it can read.
 */
import { SIDES } from '../../shared/places.ts'
import { type AngleErrors, angleErrors } from './angle-errors.ts'
import { capturedRunners, readLeg, sessionsIn } from './captured-runners.ts'

const args = process.argv.slice(2)
const standing = !args.includes('--no-standing')
const given = args.filter((arg) => !arg.startsWith('--')).flatMap(sessionsIn)
const legs: AngleErrors[][] = []
for (const folder of given.length > 0 ? given : capturedRunners())
  for (const leg of SIDES) legs.push(readLeg(folder, leg, { standing }).map(angleErrors))

const names = [...new Set(legs.flat().flatMap((e) => Object.keys(e)))] as (keyof AngleErrors)[]
console.log(`${legs.flat().length} strides, ${legs.length} legs${standing ? '' : ', no standing'}`)
console.log('quantity'.padEnd(26), 'bias     SD       RMS      worst leg')
for (const name of names) {
  const values = legs
    .flat()
    .map((e) => e[name])
    .filter((v) => v !== null)
  if (values.length === 0) {
    console.log(name.padEnd(26), 'none')
    continue
  }
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  const rms = Math.sqrt(values.reduce((a, b) => a + b * b, 0) / values.length)
  const sd = Math.sqrt(Math.max(0, rms * rms - mean * mean))
  const worst = Math.max(
    ...legs
      .map((leg) => {
        const own = leg.map((e) => e[name]).filter((v) => v !== null)
        return Math.abs(own.reduce((a, b) => a + b, 0) / own.length)
      })
      .filter((v) => Number.isFinite(v)),
  )
  const cells = [mean, sd, rms, worst].map((v) => v.toFixed(2).padEnd(8)).join(' ')
  console.log(name.padEnd(26), cells, values.length)
}
