/** Where the legs are looked at from, about the point between the ankles. World: x forward, y left, z up. */
export interface View {
  /** From behind 0, from the runner's right π/2, from the front π, rad. */
  azimuth: number
  /** Above the horizon, rad. */
  elevation: number
  /** 1 fills the box. */
  zoom: number
}

export type Preset = 'back' | 'front' | 'side'

const UP = 0.13
export const PRESETS: Record<Preset, View> = {
  back: { azimuth: 0, elevation: UP, zoom: 1 },
  side: { azimuth: Math.PI / 2, elevation: UP, zoom: 1 },
  front: { azimuth: Math.PI, elevation: UP, zoom: 1 },
}

const LOWEST = -0.05
const HIGHEST = 1.5
const TURN_PER_PX = 0.008
const TURN_PER_KEY = Math.PI / 24
const ZOOM_PER_KEY = 1.15

const within = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value))

/** The view turned and brought nearer; never under the ground, never over the top. */
export const turned = (view: View, right: number, up: number, nearer = 1): View => ({
  azimuth: view.azimuth + right,
  elevation: within(view.elevation + up, LOWEST, HIGHEST),
  zoom: within(view.zoom * nearer, 0.6, 3),
})

/** The view after the pointer has been dragged by so many px. */
export const dragged = (view: View, dx: number, dy: number): View =>
  turned(view, -dx * TURN_PER_PX, dy * TURN_PER_PX)

const STEPS: Record<string, readonly [right: number, up: number, nearer: number]> = {
  ArrowLeft: [-TURN_PER_KEY, 0, 1],
  ArrowRight: [TURN_PER_KEY, 0, 1],
  ArrowUp: [0, TURN_PER_KEY, 1],
  ArrowDown: [0, -TURN_PER_KEY, 1],
  '+': [0, 0, ZOOM_PER_KEY],
  '=': [0, 0, ZOOM_PER_KEY],
  '-': [0, 0, 1 / ZOOM_PER_KEY],
}

/** The view after a key; `null` for one that does nothing here. */
export function keyed(view: View, key: string): View | null {
  if (key === 'Home') return PRESETS.back
  const step = STEPS[key]
  return step ? turned(view, ...step) : null
}

/** The preset a view is, if it is one. */
export const presetOf = (view: View): Preset | null =>
  (Object.keys(PRESETS) as Preset[]).find((name) => PRESETS[name] === view) ?? null

/** The left leg is on the left: seen from anywhere behind. */
export const leftIsLeft = (view: View): boolean => Math.cos(view.azimuth) > -1e-9
