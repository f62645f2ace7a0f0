import {
  BackSide,
  type BufferGeometry,
  CatmullRomCurve3,
  type Color,
  DoubleSide,
  Group,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  type Object3D,
  Quaternion,
  Shape,
  ShapeGeometry,
  SphereGeometry,
  TubeGeometry,
  Vector3,
} from 'three'
import { RoundedBoxGeometry } from 'three/addons/geometries/RoundedBoxGeometry.js'
import type { LegPose, Side } from '../server/messages.ts'
import {
  collar,
  cuff,
  heelLine,
  KNEECAP,
  laces,
  print,
  SHIN_M,
  SOLE_M,
  SOLE_POINTS,
  shin,
  shinLine,
  sole,
  thickened,
  tread,
  upper,
} from './legs-3d-shapes.ts'
import { type Stand, stood, unknownStand } from './legs-3d-stand.ts'

/** What a leg is painted with. */
export interface Paint {
  leg: Color
  skin: Color
  sole: Color
  ink: Color
  base: Color
}

const OUTLINE_M = 0.0018
/** Between the two legs, from the middle, m. */
const APART_M = 0.1
/** From the ankle to the ball of the foot, m. */
const BALL_M = 0.12
const REST_M = SHIN_M + SOLE_M

type Three = readonly [number, number, number]

const tube = (points: readonly Three[], radius: number, closed = false): BufferGeometry =>
  new TubeGeometry(
    new CatmullRomCurve3(
      points.map((p) => new Vector3(...p)),
      closed,
    ),
    points.length * 2,
    radius,
    8,
    closed,
  )

/** One leg below the knee: shin, shoe, where the shoe usually is, and what it leaves on the ground. */
export class Leg3d {
  readonly group = new Group()
  readonly #side: Side
  readonly #shin = new Group()
  readonly #shoe = new Group()
  readonly #ghost = new Group()
  readonly #print: Mesh
  readonly #shade: Mesh
  readonly #skin = new MeshLambertMaterial()
  readonly #leg = new MeshLambertMaterial()
  readonly #sole = new MeshLambertMaterial()
  readonly #dark = new MeshLambertMaterial()
  readonly #tread = new MeshLambertMaterial()
  readonly #line = new MeshBasicMaterial()
  readonly #rim = new MeshBasicMaterial({ side: BackSide })
  readonly #usual = new MeshBasicMaterial({ transparent: true, opacity: 0.34, depthWrite: false })
  readonly #usualLine = new MeshBasicMaterial()
  readonly #mark = new MeshBasicMaterial({ transparent: true, depthWrite: false, side: DoubleSide })
  readonly #under = new MeshBasicMaterial({ transparent: true, depthWrite: false, side: DoubleSide })
  #stand: Stand = unknownStand
  readonly #q = new Quaternion()
  readonly #v = new Vector3()

  constructor(side: Side) {
    this.#side = side
    // the inside of the left leg is on its right
    const inner = side === 'left' ? 1 : -1
    this.#buildShin(inner)
    this.#buildShoe(inner)
    this.#ghost.add(
      new Mesh(upper(inner), this.#usual),
      new Mesh(sole(inner), this.#usual),
      new Mesh(tube(heelLine(), 0.0022), this.#usualLine),
    )
    this.#print = flat(print(inner, 0.009), this.#mark, 0.0015)
    this.#shade = flat(print(inner, 0.004), this.#under, 0.001)
    this.group.add(this.#shin, this.#shoe, this.#ghost, this.#print, this.#shade)
    this.group.visible = false
  }

  #buildShin(inner: 1 | -1): void {
    const body = shin(inner)
    const strap = cuff(inner, 0.118, 0.148, 0.0022)
    const pod = new RoundedBoxGeometry(0.012, 0.034, 0.026, 3, 0.005)
    pod.rotateY(-inner * 0.7).translate(0.0275, 0.133, inner * 0.0225)
    this.#shin.add(
      new Mesh(body, this.#skin),
      new Mesh(thickened(body, OUTLINE_M), this.#rim),
      new Mesh(new SphereGeometry(1, 24, 16).scale(0.013, 0.026, 0.021).translate(...KNEECAP), this.#skin),
      new Mesh(cuff(inner, -0.025, 0.058, 0.0022), this.#sole),
      new Mesh(strap, this.#dark),
      new Mesh(pod, this.#leg),
      new Mesh(tube(shinLine(), 0.0022), this.#line),
    )
  }

  #buildShoe(inner: 1 | -1): void {
    const top = upper(inner)
    const bottom = sole(inner)
    const pod = new RoundedBoxGeometry(0.03, 0.011, 0.024, 3, 0.005)
    pod.rotateZ(-0.28).translate(0.083, -0.011, 0)
    this.#shoe.add(
      new Mesh(top, this.#leg),
      new Mesh(thickened(top, OUTLINE_M), this.#rim),
      new Mesh(bottom, this.#sole),
      new Mesh(thickened(bottom, OUTLINE_M), this.#rim),
      new Mesh(tread(inner), this.#tread),
      new Mesh(tube(collar(inner), 0.0055, true), this.#dark),
      ...laces().map((lace) => new Mesh(tube(lace, 0.0026), this.#sole)),
      new Mesh(pod, this.#dark),
      new Mesh(tube(heelLine(), 0.0022), this.#line),
    )
  }

  paint({ leg, skin, sole: white, ink, base }: Paint): void {
    this.#skin.color.copy(skin)
    this.#leg.color.copy(leg)
    this.#sole.color.copy(white)
    this.#dark.color.copy(ink)
    this.#tread.color.copy(leg).multiplyScalar(0.6)
    this.#line.color.copy(ink)
    this.#rim.color.copy(leg)
    this.#usual.color.copy(base)
    this.#usualLine.color.copy(base)
    this.#mark.color.copy(leg)
    this.#under.color.copy(ink)
  }

  /** @param usualDeg eversion at this moment of the usual stance; `null` hides it */
  pose(
    { shin: qShin, shoe: qShoe, sinceContactS, eversionDeg }: LegPose,
    timeS: number,
    usualDeg: number | null,
  ): void {
    this.group.visible = qShin !== null || qShoe !== null
    if (!this.group.visible) return
    this.#shin.visible = qShin !== null
    this.#shoe.visible = qShoe !== null
    if (qShin !== null) turn(this.#shin, qShin)
    if (qShoe !== null) turn(this.#shoe, qShoe)
    this.#place(timeS, sinceContactS !== null)
    this.#showGround(sinceContactS !== null)
    const shows = usualDeg !== null && eversionDeg !== null && qShin !== null && qShoe !== null
    this.#ghost.visible = shows
    if (shows) this.#turnGhost(usualDeg - eversionDeg)
  }

  /** Knee over its spot, shin below it, shoe on its end. */
  #place(timeS: number, onGround: boolean): void {
    const ankle = this.#v.set(0, this.#shin.visible ? -SHIN_M : 0, 0).applyQuaternion(this.#shin.quaternion)
    const [ax, ay, az] = [ankle.x, ankle.y, ankle.z]
    let lowest = this.#shoe.visible ? Number.POSITIVE_INFINITY : -SOLE_M
    if (this.#shoe.visible)
      for (const point of SOLE_POINTS)
        lowest = Math.min(lowest, this.#v.set(...point).applyQuaternion(this.#shoe.quaternion).z)
    const rest = this.#shin.visible ? REST_M : SOLE_M
    this.#stand = stood(this.#stand, timeS, onGround, -az - lowest, rest)
    const y = this.#side === 'left' ? APART_M : -APART_M
    this.#shin.position.set(ax, ay + y, this.#stand.heightM + az)
    this.#shoe.position.copy(this.#shin.position)
    this.#ghost.position.copy(this.#shin.position)
  }

  /** The shoe's print under it: full where it stands, a shade where it does not. */
  #showGround(onGround: boolean): void {
    const toes = this.#v.set(1, 0, 0).applyQuaternion(this.#shoe.quaternion)
    const heading = Math.atan2(toes.y, toes.x)
    // seen from above a shoe that stands on its toes is short
    const short = Math.max(0.3, Math.hypot(toes.x, toes.y))
    const ball = this.#v.set(BALL_M, -SOLE_M, 0).applyQuaternion(this.#shoe.quaternion)
    const x = this.#shoe.position.x + ball.x - BALL_M * short * Math.cos(heading)
    const y = this.#shoe.position.y + ball.y - BALL_M * short * Math.sin(heading)
    const height = this.#shoe.position.z + ball.z
    for (const mesh of [this.#print, this.#shade]) {
      mesh.visible = this.#shoe.visible
      mesh.position.set(x, y, mesh.position.z)
      mesh.rotation.z = heading
      mesh.scale.x = short
    }
    this.#mark.opacity = onGround ? 0.42 : 0
    this.#under.opacity = onGround ? 0.34 : Math.max(0.04, 0.2 - 0.5 * height)
  }

  /** The shoe rolled about its own front by what it usually is rolled more. */
  #turnGhost(moreDeg: number): void {
    const roll = ((this.#side === 'left' ? 1 : -1) * moreDeg * Math.PI) / 180
    this.#q.set(Math.sin(roll / 2), 0, 0, Math.cos(roll / 2))
    this.#ghost.quaternion.copy(this.#shoe.quaternion).multiply(this.#q)
  }

  dispose(): void {
    this.group.traverse((object: Object3D) => {
      if (object instanceof Mesh) object.geometry.dispose()
    })
    for (const material of [
      this.#skin,
      this.#leg,
      this.#sole,
      this.#dark,
      this.#tread,
      this.#line,
      this.#rim,
    ])
      material.dispose()
    for (const material of [this.#usual, this.#usualLine, this.#mark, this.#under]) material.dispose()
  }
}

const turn = (group: Group, [w, x, y, z]: readonly [number, number, number, number]): void => {
  group.quaternion.set(x, y, z, w)
}

/** An outline of x and z of the shoe, laid on the ground where y is left. */
function flat(
  outline: readonly (readonly [number, number])[],
  material: MeshBasicMaterial,
  above: number,
): Mesh {
  const shape = new Shape(outline.map(([x, z]) => new Vector3(x, -z, 0) as unknown as never))
  const mesh = new Mesh(new ShapeGeometry(shape), material)
  mesh.position.z = above
  return mesh
}
