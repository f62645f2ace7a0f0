import type { Vec } from './quaternion.ts'

/**
 * Running moments of a vector signal, each sample weighted and older ones fading, to be read along any axis afterwards:
 * the moments of n·v are contractions of E[v] and E[v⊗v] with n. Nothing is allocated after construction.
 */
export class VectorMoments {
  weight = 0
  readonly first = new Float64Array(3)
  /** xx yy zz xy xz yz */
  readonly second = new Float64Array(6)

  clear(): void {
    this.weight = 0
    this.first.fill(0)
    this.second.fill(0)
  }

  /** @param w weight of this sample; `fade` multiplies all before it */
  add(x: number, y: number, z: number, w: number, fade: number): void {
    this.weight = this.weight * fade + w
    const first = this.first
    first[0] = first[0]! * fade + w * x
    first[1] = first[1]! * fade + w * y
    first[2] = first[2]! * fade + w * z
    const second = this.second
    second[0] = second[0]! * fade + w * x * x
    second[1] = second[1]! * fade + w * y * y
    second[2] = second[2]! * fade + w * z * z
    second[3] = second[3]! * fade + w * x * y
    second[4] = second[4]! * fade + w * x * z
    second[5] = second[5]! * fade + w * y * z
  }

  meanAlong(n: Vec): number {
    const first = this.first
    return (n[0]! * first[0]! + n[1]! * first[1]! + n[2]! * first[2]!) / this.weight
  }

  /** E[(n·v)²], not centred. */
  squareAlong(n: Vec): number {
    const [x, y, z] = [n[0]!, n[1]!, n[2]!]
    const m = this.second
    const sum =
      x * x * m[0]! + y * y * m[1]! + z * z * m[2]! + 2 * (x * y * m[3]! + x * z * m[4]! + y * z * m[5]!)
    return sum / this.weight
  }

  varianceAlong(n: Vec): number {
    return Math.max(0, this.squareAlong(n) - this.meanAlong(n) ** 2)
  }

  /**
   * Turns `axis` toward the principal axis of E[v⊗v] by power iteration, from where it points (from the largest component when it is zero).
   * @returns the share of the total square that lies along it, 0…1
   */
  principalAxis(axis: Vec, iterations: number): number {
    const m = this.second
    const trace = m[0]! + m[1]! + m[2]!
    if (!(trace > 0)) return 0
    if (axis[0] === 0 && axis[1] === 0 && axis[2] === 0)
      axis[m[0]! >= m[1]! && m[0]! >= m[2]! ? 0 : m[1]! >= m[2]! ? 1 : 2] = 1
    let value = 0
    for (let k = 0; k < iterations; k++) {
      const [x, y, z] = [axis[0]!, axis[1]!, axis[2]!]
      const nx = m[0]! * x + m[3]! * y + m[4]! * z
      const ny = m[3]! * x + m[1]! * y + m[5]! * z
      const nz = m[4]! * x + m[5]! * y + m[2]! * z
      value = Math.sqrt(nx * nx + ny * ny + nz * nz)
      if (!(value > 0)) return 0
      axis[0] = nx / value
      axis[1] = ny / value
      axis[2] = nz / value
    }
    return value / trace
  }
}

/** Running correlation of a vector signal, along any axis, with a scalar one. */
export class AxisCorrelation {
  readonly vector = new VectorMoments()
  private sum = 0
  private square = 0
  private readonly cross = new Float64Array(3)

  clear(): void {
    this.vector.clear()
    this.sum = 0
    this.square = 0
    this.cross.fill(0)
  }

  add(v: Vec, o: number, scalar: number, w: number, fade: number): void {
    this.vector.add(v[o]!, v[o + 1]!, v[o + 2]!, w, fade)
    this.sum = this.sum * fade + w * scalar
    this.square = this.square * fade + w * scalar * scalar
    const cross = this.cross
    for (let k = 0; k < 3; k++) cross[k] = cross[k]! * fade + w * v[o + k]! * scalar
  }

  /** Pearson's r of n·v with the scalar; 0 while either is constant. */
  along(n: Vec): number {
    const weight = this.vector.weight
    const mean = this.sum / weight
    const cross = this.cross
    const covariance =
      (n[0]! * cross[0]! + n[1]! * cross[1]! + n[2]! * cross[2]!) / weight - mean * this.vector.meanAlong(n)
    const scale = Math.sqrt(this.vector.varianceAlong(n) * Math.max(0, this.square / weight - mean * mean))
    return scale > 1e-12 ? covariance / scale : 0
  }
}
