import {
  BufferGeometry,
  CircleGeometry,
  type Color,
  Float32BufferAttribute,
  Group,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
} from 'three'

const RADIUS_M = 0.75
const SPACING_M = 0.1

/** The belt: a floor with a line every 10 cm, that fades out. */
export class Ground {
  readonly group = new Group()
  readonly #floor = new Mesh(
    fading(new CircleGeometry(RADIUS_M, 72)),
    new MeshBasicMaterial({ transparent: true, vertexColors: true, depthWrite: false }),
  )
  readonly #lines = new LineSegments(
    fading(grid()),
    new LineBasicMaterial({ transparent: true, vertexColors: true, opacity: 0.55, depthWrite: false }),
  )

  constructor() {
    this.#lines.position.z = 0.0005
    this.#floor.renderOrder = -2
    this.#lines.renderOrder = -1
    this.group.add(this.#floor, this.#lines)
  }

  paint(floor: Color, line: Color): void {
    this.#floor.material.color.copy(floor)
    this.#lines.material.color.copy(line)
  }

  dispose(): void {
    for (const part of [this.#floor, this.#lines]) {
      part.geometry.dispose()
      part.material.dispose()
    }
  }
}

/** Full in the middle, nothing at the rim. */
function fading(geometry: BufferGeometry): BufferGeometry {
  const position = geometry.getAttribute('position')
  const colours: number[] = []
  for (let i = 0; i < position.count; i++) {
    const away = Math.hypot(position.getX(i), position.getY(i)) / RADIUS_M
    colours.push(1, 1, 1, Math.max(0, 1 - away) ** 1.2)
  }
  geometry.setAttribute('color', new Float32BufferAttribute(colours, 4))
  return geometry
}

function grid(): BufferGeometry {
  const points: number[] = []
  const count = Math.round(RADIUS_M / SPACING_M)
  for (let i = -count; i <= count; i++)
    for (let j = -count; j < count; j++) {
      const [at, from, to] = [i * SPACING_M, j * SPACING_M, (j + 1) * SPACING_M]
      points.push(at, from, 0, at, to, 0, from, at, 0, to, at, 0)
    }
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new Float32BufferAttribute(points, 3))
  return geometry
}
