import { inverse, Matrix } from 'ml-matrix'

const STEPS = 30
const DONE = 1e-10
/** Of a prior's standard deviation, for differences; the residuals are smooth. */
const DIFFERENCE = 1e-4

/**
 * Least squares with a Gaussian prior of mean 0: least ∑ rᵢ(x)² + ∑ (xⱼ / priorSdⱼ)², by Gauss–Newton from 0
 * (Tarantola 2005, "Inverse Problem Theory", chapter 3). What the residuals do not depend on stays 0 with its prior's spread.
 * @param residuals each over its own standard deviation
 * @param count of residuals
 * @returns the estimate, and the posterior standard deviation of each number
 */
export function solveWithPrior(
  residuals: (x: Float64Array, out: Float64Array) => void,
  count: number,
  priorSd: readonly number[],
): { x: Float64Array; sd: Float64Array } {
  const n = priorSd.length
  // z = x / priorSd makes every unknown of the same size
  const z = new Float64Array(n)
  const at = (index = -1, difference = 0): Float64Array => {
    const out = new Float64Array(count)
    residuals(
      z.map((value, j) => (value + (j === index ? difference : 0)) * priorSd[j]!),
      out,
    )
    return out
  }
  let covariance = Matrix.eye(n)
  for (let step = 0; step < STEPS; step++) {
    const r = at()
    const columns = priorSd.map((_, j) => {
      const after = at(j, DIFFERENCE)
      const before = at(j, -DIFFERENCE)
      return after.map((value, i) => (value - before[i]!) / (2 * DIFFERENCE))
    })
    const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
    covariance = inverse(
      new Matrix(columns.map((a, i) => columns.map((b, j) => dot(a, b) + (i === j ? 1 : 0)))),
    )
    const downhill = columns.map((column, j) => -dot(column, r) - z[j]!)
    const change = covariance.mmul(Matrix.columnVector(downhill)).getColumn(0)
    for (let j = 0; j < n; j++) z[j]! += change[j]!
    if (Math.hypot(...change) < DONE) break
  }
  return {
    x: z.map((value, j) => value * priorSd[j]!),
    sd: Float64Array.from(priorSd, (sd, j) => sd * Math.sqrt(covariance.get(j, j))),
  }
}
