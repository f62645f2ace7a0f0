import { EigenvalueDecomposition, Matrix } from 'ml-matrix'

/** Symmetric 3 × 3 second moments, kept as xx xy xz yy yz zz. */
export const MOMENTS = 6

/** Adds `weight` · v vᵀ of the vector at `v[j…]`. */
export function addMoment(moments: Float64Array, v: Float64Array, j: number, weight: number): void {
  const x = v[j]!
  const y = v[j + 1]!
  const z = v[j + 2]!
  moments[0]! += weight * x * x
  moments[1]! += weight * x * y
  moments[2]! += weight * x * z
  moments[3]! += weight * y * y
  moments[4]! += weight * y * z
  moments[5]! += weight * z * z
}

/**
 * Direction of largest second moment (PCA without taking off the mean: the axis turned about), unit, sign arbitrary; and the
 * share of the whole that lies along it, ⅓…1. `null` when nothing has been added.
 */
export function principalAxis(moments: Float64Array): { axis: Float64Array; share: number } | null {
  const [xx, xy, xz] = [moments[0]!, moments[1]!, moments[2]!]
  const [yy, yz, zz] = [moments[3]!, moments[4]!, moments[5]!]
  const trace = xx + yy + zz
  if (!(trace > 0)) return null
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(
    new Matrix([
      [xx, xy, xz],
      [xy, yy, yz],
      [xz, yz, zz],
    ]),
    { assumeSymmetric: true },
  )
  // eigenvalues come in ascending order
  return { axis: new Float64Array(eigenvectorMatrix.getColumn(2)), share: realEigenvalues[2]! / trace }
}
