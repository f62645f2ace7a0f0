import type { Range } from './leg-view.ts'

export interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** Where everything of a stance panel's chart lies, px. Top to bottom: event words, eversion, rail, lower curve, axis, leaders. */
export interface PanelGeometry {
  width: number
  height: number
  eversion: Box
  lower: Box
  railY: number
  axisY: number
  /** Where the five phase columns below the chart begin; narrow panels give them the whole width. */
  columnsLeft: number
  x(pct: number): number
}

const MARGIN = { left: 34, right: 52, top: 20 }
const AXIS = 24
const LEADERS = 16
const GAP = 12
/** Below this width `live.css` draws the phase columns from the panel's edge. */
const NARROW = 480

export function panelGeometry(width: number, height: number): PanelGeometry {
  const rail = height > 330 ? 34 : 28
  const plots = Math.max(40, height - AXIS - LEADERS - rail - MARGIN.top - GAP)
  const plotWidth = Math.max(40, width - MARGIN.left - MARGIN.right)
  const eversion = { left: MARGIN.left, top: MARGIN.top, width: plotWidth, height: Math.round(plots * 0.64) }
  const lower = {
    left: MARGIN.left,
    top: eversion.top + eversion.height + rail + GAP,
    width: plotWidth,
    height: Math.round(plots * 0.36),
  }
  return {
    width,
    height,
    eversion,
    lower,
    railY: eversion.top + eversion.height + rail / 2 + 4,
    axisY: lower.top + lower.height,
    columnsLeft: width < NARROW ? 0 : MARGIN.left,
    x: (pct) => MARGIN.left + (plotWidth * pct) / 100,
  }
}

export const yIn = (box: Box, range: Range, value: number): number =>
  box.top + (box.height * (range.max - value)) / (range.max - range.min)

/** At most four figures on an axis: multiples of 10, or of 5 when the range is small. */
export function ticks(range: Range): number[] {
  const step = range.max - range.min > 20 ? 10 : 5
  // + 0: no minus zero
  const first = Math.ceil(range.min / step) * step + 0
  const all: number[] = []
  for (let value = first; value <= range.max; value += step) all.push(value)
  return all.length <= 4 ? all : all.filter((value) => value % (2 * step) === 0)
}

/** Pushes labels at least `apart` px from one another, downwards, keeping their order. */
export function spread<T extends { y: number }>(labels: readonly T[], apart: number): T[] {
  const sorted = [...labels].sort((a, b) => a.y - b.y)
  let floor = Number.NEGATIVE_INFINITY
  return sorted.map((label) => {
    const y = Math.max(label.y, floor)
    floor = y + apart
    return { ...label, y }
  })
}

/** Room that a time takes with the space around it, px. */
const TICK = 52

/** Round times to be written along an axis, s: at most eight and the first, none running into the next.
 * @param width px
 */
export function timeTicks(endS: number, width: number): number[] {
  const most = Math.min(8, width / TICK)
  const step = [10, 20, 30, 60, 120, 300, 600, 1200, 3600, 7200].find((s) => endS / s <= most) ?? 14_400
  const ticks: number[] = []
  for (let s = 0; s <= endS - step / 4 || s === 0; s += step) ticks.push(s)
  return ticks
}
