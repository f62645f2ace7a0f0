import {
  Color,
  DirectionalLight,
  HemisphereLight,
  PerspectiveCamera,
  Scene,
  Vector3,
  WebGLRenderer,
} from 'three'
import { SIDES } from '../../shared/places.ts'
import type { LegPose, Side } from '../server/messages.ts'
import { PRESETS, type View } from './legs-3d-camera.ts'
import { Ground } from './legs-3d-ground.ts'
import { Leg3d } from './legs-3d-leg.ts'

export interface Shown {
  timeS: number
  legs: Record<Side, LegPose>
  /** Eversion at this moment of the usual stance, deg. */
  usualDeg: Record<Side, number | null>
}

const FIELD_DEG = 14
/** What must fit, m: both legs beside each other, a swing from behind to before, from the ground to the knee. */
const WIDE_M = 0.46
const LONG_M = 0.94
const HIGH_M = 0.66
/** What is looked at, and the room under the feet, m. */
const CENTRE_X_M = -0.14
const UNDER_M = 0.075

/** The picture: two legs on a belt. Draws when it is told to, never by itself. */
export class LegsScene {
  readonly #renderer: WebGLRenderer
  readonly #scene = new Scene()
  readonly #camera = new PerspectiveCamera(FIELD_DEG, 1, 0.1, 20)
  readonly #legs: Record<Side, Leg3d> = { left: new Leg3d('left'), right: new Leg3d('right') }
  readonly #ground = new Ground()
  readonly #sky = new HemisphereLight()
  readonly #sun = new DirectionalLight()
  #view: View = PRESETS.back
  #due = 0

  /** @throws Error when the browser gives no WebGL */
  constructor(canvas: HTMLCanvasElement) {
    this.#renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true })
    this.#camera.up.set(0, 0, 1)
    this.#sky.position.set(0, 0, 1)
    this.#camera.add(this.#sun)
    this.#scene.add(
      this.#camera,
      this.#sky,
      this.#ground.group,
      ...SIDES.map((side) => this.#legs[side].group),
    )
    this.paint()
  }

  /** Takes the page's colours as they are now. */
  paint(): void {
    const style = getComputedStyle(this.#renderer.domElement)
    const colour = (name: string): Color => new Color(style.getPropertyValue(`--${name}`).trim())
    const surface = colour('surface')
    const dark = surface.getHSL({ h: 0, s: 0, l: 0 }).l < 0.5
    for (const side of SIDES) {
      const leg = colour(side)
      this.#legs[side].paint({
        leg,
        skin: new Color(dark ? '#b4bfc5' : '#e6ebee').lerp(leg, dark ? 0.16 : 0.1),
        sole: new Color(dark ? '#dfe6e9' : '#ffffff'),
        ink: dark ? surface : colour('ink').lerp(surface, 0.1),
        base: colour('base'),
      })
    }
    this.#ground.paint(colour('sunken'), colour('line-strong'))
    this.#sky.color.set('#ffffff')
    this.#sky.groundColor.copy(colour('ink-3'))
    this.#sky.intensity = dark ? 1.7 : 2.1
    this.#sun.intensity = dark ? 1.5 : 1.6
    this.#sun.position.set(-0.7, 1, 0.6)
  }

  /** @param width of the box in CSS px */
  resize(width: number, height: number): void {
    this.#renderer.setPixelRatio(Math.min(2, devicePixelRatio))
    this.#renderer.setSize(width, height, false)
    this.#camera.aspect = width / height
    this.#camera.updateProjectionMatrix()
    this.#aim()
    this.draw()
  }

  pose({ timeS, legs, usualDeg }: Shown): void {
    for (const side of SIDES) this.#legs[side].pose(legs[side], timeS, usualDeg[side])
  }

  look(view: View): void {
    this.#view = view
    this.#aim()
  }

  #aim(): void {
    const { azimuth, elevation, zoom } = this.#view
    const wide = Math.hypot(WIDE_M * Math.cos(azimuth), LONG_M * Math.sin(azimuth))
    const high = Math.max(HIGH_M, wide / this.#camera.aspect)
    const away = high / (2 * Math.tan((FIELD_DEG * Math.PI) / 360) * zoom)
    // the feet stay where they are in the box, whatever its shape
    const centre = new Vector3(CENTRE_X_M, 0, high / 2 - UNDER_M)
    const level = away * Math.cos(elevation)
    this.#camera.position.set(
      centre.x - level * Math.cos(azimuth),
      centre.y - level * Math.sin(azimuth),
      centre.z + away * Math.sin(elevation),
    )
    this.#camera.lookAt(centre)
  }

  /** At the next frame, once, however often it is asked for until then. */
  draw(): void {
    this.#due ||= requestAnimationFrame(() => {
      this.#due = 0
      this.#renderer.render(this.#scene, this.#camera)
    })
  }

  dispose(): void {
    cancelAnimationFrame(this.#due)
    for (const side of SIDES) this.#legs[side].dispose()
    this.#ground.dispose()
    this.#renderer.dispose()
    this.#renderer.forceContextLoss()
  }
}
