import { BufferGeometry, Float32BufferAttribute } from 'three'

/**
 * Shin and shoe as lofts: closed cross-sections strung along an axis. Segment axes of `docs/measure.md` (x anterior, y up, z to the right),
 * metres from the ankle. Drawn by eye after an adult's leg in a running shoe of 28 cm; nothing is measured from them.
 */
export const SHIN_M = 0.4
export const SOLE_M = 0.095

/** What lies on the inside of the leg, for the left and the right one. */
type Inner = 1 | -1
type Point = readonly [x: number, y: number, z: number]

const AROUND = 40

/** Cubic through `at, value, at, value …`, slopes by the neighbours. */
function through(keys: readonly number[], at: number): number {
  const last = keys.length / 2 - 1
  let k = 0
  while (k < last - 1 && at > keys[2 * k + 2]!) k++
  const slope = (i: number): number => {
    const a = 2 * Math.max(0, i - 1)
    const b = 2 * Math.min(last, i + 1)
    return (keys[b + 1]! - keys[a + 1]!) / (keys[b]! - keys[a]!)
  }
  const h = keys[2 * k + 2]! - keys[2 * k]!
  const t = (at - keys[2 * k]!) / h
  const from = keys[2 * k + 1]!
  const to = keys[2 * k + 3]!
  const [a, b] = [slope(k) * h, slope(k + 1) * h]
  return from + t * (a + t * (3 * (to - from) - 2 * a - b + t * (2 * (from - to) + a + b)))
}

const steps = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count + 1 }, (_, i) => from + ((to - from) * i) / count)

/** Skin over rings of equally many points; both ends are closed. */
function loft(rings: readonly (readonly Point[])[]): BufferGeometry {
  const around = rings[0]!.length
  const positions = rings.flat(2)
  const index: number[] = []
  for (let r = 0; r + 1 < rings.length; r++)
    for (let k = 0; k < around; k++) {
      const a = r * around + k
      const b = r * around + ((k + 1) % around)
      index.push(a, b, a + around, b, b + around, a + around)
    }
  for (const [r, turn] of [
    [0, 1],
    [rings.length - 1, -1],
  ] as const) {
    const ring = rings[r]!
    const middle = positions.length / 3
    positions.push(...[0, 1, 2].map((i) => ring.reduce((sum, point) => sum + point[i]!, 0) / around))
    for (let k = 0; k < around; k++) {
      const a = r * around + k
      const b = r * around + ((k + 1) % around)
      index.push(middle, ...(turn > 0 ? [b, a] : [a, b]))
    }
  }
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new Float32BufferAttribute(positions, 3))
  geometry.setIndex(index)
  geometry.computeVertexNormals()
  return geometry
}

/** The same body, `by` thicker on every side: its inside, seen behind the body, is the body's outline. */
export function thickened(body: BufferGeometry, by: number): BufferGeometry {
  const out = body.clone()
  const position = out.getAttribute('position')
  const normal = out.getAttribute('normal')
  for (let i = 0; i < position.count; i++)
    position.setXYZ(
      i,
      position.getX(i) + by * normal.getX(i),
      position.getY(i) + by * normal.getY(i),
      position.getZ(i) + by * normal.getZ(i),
    )
  return out
}

const SHIN_FRONT = [
  -0.03, 0.036, 0, 0.036, 0.05, 0.028, 0.12, 0.031, 0.2, 0.036, 0.28, 0.038, 0.34, 0.042, 0.375, 0.046, 0.4,
  0.044, 0.425, 0.03, 0.436, 0.008,
]
const SHIN_BACK = [
  -0.03, 0.036, 0, 0.038, 0.05, 0.04, 0.12, 0.045, 0.2, 0.064, 0.27, 0.076, 0.33, 0.066, 0.375, 0.056, 0.4,
  0.052, 0.425, 0.034, 0.436, 0.008,
]
const SHIN_INNER = [
  -0.03, 0.032, 0.006, 0.035, 0.03, 0.03, 0.06, 0.027, 0.12, 0.031, 0.19, 0.044, 0.25, 0.052, 0.31, 0.051,
  0.37, 0.052, 0.4, 0.05, 0.425, 0.034, 0.436, 0.008,
]
const SHIN_OUTER = [
  -0.03, 0.032, 0, 0.036, 0.03, 0.03, 0.06, 0.026, 0.12, 0.032, 0.2, 0.048, 0.27, 0.053, 0.31, 0.051, 0.37,
  0.05, 0.4, 0.049, 0.425, 0.034, 0.436, 0.008,
]

function shinRing(y: number, inner: Inner, more = 0): Point[] {
  const front = through(SHIN_FRONT, y) + more
  const back = through(SHIN_BACK, y) + more
  const inside = through(SHIN_INNER, y) + more
  const outside = through(SHIN_OUTER, y) + more
  return Array.from({ length: AROUND }, (_, k) => {
    const c = Math.cos((2 * Math.PI * k) / AROUND)
    const s = -Math.sin((2 * Math.PI * k) / AROUND)
    return [c * (c > 0 ? front : back), y, s * (s * inner > 0 ? inside : outside)]
  })
}

/** From the ankle to the rounded knee. */
export const shin = (inner: Inner): BufferGeometry =>
  loft([...steps(-0.03, 0.4, 30), ...steps(0.405, 0.436, 7)].map((y) => shinRing(y, inner)))

/** Middle of the kneecap. */
export const KNEECAP: Point = [0.036, 0.388, 0]

/** A cuff around the shin: the sock, and the pod's strap. */
export const cuff = (inner: Inner, fromY: number, toY: number, thick: number): BufferGeometry =>
  loft([
    shinRing(fromY, inner),
    ...steps(fromY, toY, 6).map((y) => shinRing(y, inner, thick)),
    shinRing(toY, inner),
  ])

/** Along the back of the shin, from the heel cord up. */
export const shinLine = (): Point[] =>
  steps(0.03, 0.24, 16).map((y) => [-through(SHIN_BACK, y) - 0.0015, y, 0])

const HALF_OUTER = [
  -0.081, 0.004, -0.078, 0.016, -0.07, 0.026, -0.05, 0.0335, 0, 0.034, 0.05, 0.038, 0.1, 0.046, 0.13, 0.047,
  0.16, 0.041, 0.185, 0.029, 0.2, 0.016, 0.206, 0.003,
]
const HALF_INNER = [
  -0.081, 0.004, -0.078, 0.016, -0.07, 0.026, -0.05, 0.0335, 0, 0.033, 0.05, 0.031, 0.1, 0.041, 0.13, 0.044,
  0.16, 0.042, 0.185, 0.035, 0.2, 0.022, 0.206, 0.004,
]
const SOLE_BOTTOM = [
  -0.081, -0.078, -0.07, -0.09, -0.05, -0.095, 0.06, -0.095, 0.12, -0.095, 0.16, -0.091, 0.19, -0.08, 0.206,
  -0.07,
]
const SOLE_TOP = [
  -0.081, -0.058, -0.05, -0.06, 0.03, -0.066, 0.1, -0.07, 0.16, -0.069, 0.19, -0.062, 0.206, -0.06,
]
const UPPER_TOP = [
  -0.081, -0.026, -0.0795, -0.008, -0.0755, 0.002, -0.068, 0.004, -0.056, -0.002, -0.03, -0.012, 0, -0.012,
  0.03, 0.002, 0.05, 0, 0.08, -0.018, 0.12, -0.035, 0.16, -0.046, 0.19, -0.054, 0.206, -0.062,
]
/** Of a cross-section: 0.4 a box, 1 round. */
const ROUNDNESS = [-0.081, 0.5, 0, 0.45, 0.06, 0.6, 0.12, 0.8, 0.206, 0.9]

const ALONG = [...steps(-0.081, -0.05, 8), ...steps(-0.042, 0.15, 22), ...steps(0.158, 0.206, 9)]

function shoeRing(
  x: number,
  inner: Inner,
  [low, high]: readonly [number, number],
  wider: number,
  roundness: number,
): Point[] {
  const inside = through(HALF_INNER, x) + wider
  const outside = through(HALF_OUTER, x) + wider
  return Array.from({ length: AROUND }, (_, k) => {
    const c = Math.cos((2 * Math.PI * k) / AROUND)
    const s = -Math.sin((2 * Math.PI * k) / AROUND)
    const z = Math.sign(c) * Math.abs(c) ** roundness * (c * inner > 0 ? inside : outside)
    return [x, 0.5 * (low + high) + 0.5 * (high - low) * Math.sign(s) * Math.abs(s) ** roundness, z]
  })
}

export const sole = (inner: Inner): BufferGeometry =>
  loft(ALONG.map((x) => shoeRing(x, inner, [through(SOLE_BOTTOM, x), through(SOLE_TOP, x)], 0.003, 0.35)))

/** What meets the ground. */
export const tread = (inner: Inner): BufferGeometry =>
  loft(
    ALONG.map((x) => {
      const low = through(SOLE_BOTTOM, x)
      return shoeRing(x, inner, [low - 0.0008, low + 0.007], 0.0036, 0.4)
    }),
  )

/** Its lower half lies in the sole, so that its sides stand upright on it. */
export const upper = (inner: Inner): BufferGeometry =>
  loft(
    ALONG.map((x) => {
      const base = through(SOLE_TOP, x) - 0.004
      const top = Math.max(base + 0.004, through(UPPER_TOP, x))
      return shoeRing(x, inner, [2 * base - top, top], 0, through(ROUNDNESS, x)).map(
        ([a, b, c]): Point => [a, Math.max(b, base - 0.006), c],
      )
    }),
  )

/** The padded opening, a closed line around the ankle. */
export const collar = (inner: Inner): Point[] =>
  Array.from({ length: 28 }, (_, k) => {
    const angle = (2 * Math.PI * k) / 28
    const x = -0.014 + 0.052 * Math.cos(angle)
    const side = Math.sin(angle)
    const half = side * inner > 0 ? 0.0325 : 0.034
    return [x, through(UPPER_TOP, Math.max(-0.074, x)) + 0.001, half * side]
  })

/** Laces, each a line over the instep. */
export const laces = (): Point[][] =>
  [0.052, 0.07, 0.088, 0.106].map((x) =>
    steps(-1, 1, 8).map(
      (t): Point => [x - 0.006 * Math.abs(t), through(UPPER_TOP, x) + 0.0025 - 0.011 * t * t, 0.021 * t],
    ),
  )

/** Down the back of the shoe, in line with the shin's where the foot stands as in standing. */
export const heelLine = (): Point[] =>
  steps(-0.004, -0.086, 12).map((y) => [y > -0.012 ? -0.0822 : -0.084, y, 0])

/** The sole's outline on the ground, `wider` all round: x and z. */
export function print(inner: Inner, wider: number): [number, number][] {
  const along = ALONG.map((x) => x + (wider * (x - 0.06)) / 0.14)
  const side = (sign: 1 | -1): [number, number][] =>
    along.map((x, i) => [x, sign * (through(sign === inner ? HALF_INNER : HALF_OUTER, ALONG[i]!) + wider)])
  return [...side(1), ...side(-1).reverse()]
}

/** Where a sole may touch the ground first, segment axes. */
export const SOLE_POINTS: readonly Point[] = [
  ...[-0.07, -0.05, 0.12, 0.16, 0.19].flatMap((x) => {
    const half = 0.8 * through(HALF_INNER, x)
    const y = through(SOLE_BOTTOM, x)
    return [[x, y, half] as const, [x, y, -half] as const]
  }),
  [-0.081, -0.078, 0],
  [0.206, -0.07, 0],
]
