import type uPlot from 'uplot'
import type { Side } from '../server/messages.ts'
import type { Colours } from './colours.ts'
import { fading } from './leg-view.ts'

/** Mean ± SD over stance. */
export interface MeanBand {
  mean: readonly number[]
  sd: readonly number[]
}

export interface Trace {
  values: readonly number[]
  /** Has a quality flag: drawn dotted. */
  flagged: boolean
}

/** What one leg's curve is drawn of. */
export interface Layers {
  side: Side
  band: MeanBand | null
  /** Oldest first, without the last stance. */
  faded: readonly Trace[]
  usual: readonly number[] | null
  last: Trace | null
  /** Alignment is settling: the last stance is dashed. */
  provisional: boolean
  /** Set apart from the other leg in the same plot. */
  dashed: boolean
}

export interface Drawing {
  norm: MeanBand | null
  legs: readonly Layers[]
}

/** Draws the layers of the chart grammar, back to front: norm band, SD, fading strides, usual, mean, last stance. */
export function drawLayers(u: uPlot, { norm, legs }: Drawing, colours: Colours): void {
  const { ctx, bbox } = u
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  ctx.lineJoin = 'round'
  if (norm) drawNorm(u, norm, colours)
  for (const { side, band } of legs) if (band) fillBand(u, band, colours[`--${side}-soft`])
  for (const leg of legs) drawFaded(u, leg, colours)
  for (const { usual } of legs) if (usual) stroke(u, usual, colours['--base'], 1.5, [5, 4])
  for (const { band } of legs) if (band) stroke(u, band.mean, colours['--ink-mean'], 1.5)
  for (const leg of legs) drawLast(u, leg, colours)
  ctx.restore()
}

function drawNorm(u: uPlot, norm: MeanBand, colours: Colours): void {
  fillBand(u, norm, colours['--norm'])
  for (const sign of [-1, 1])
    stroke(
      u,
      norm.mean.map((mean, i) => mean + sign * norm.sd[i]!),
      colours['--norm-edge'],
      1,
      [1, 3],
    )
}

function drawFaded(u: uPlot, { side, faded }: Layers, colours: Colours): void {
  for (const [i, { values, flagged }] of faded.entries()) {
    u.ctx.globalAlpha = flagged ? 0.4 : fading(i, faded.length)
    stroke(u, values, colours[`--${side}`], 1, flagged ? [1, 3] : [])
  }
  u.ctx.globalAlpha = 1
}

function drawLast(u: uPlot, { side, last, provisional, dashed }: Layers, colours: Colours): void {
  if (!last) return
  u.ctx.lineCap = last.flagged ? 'round' : 'butt'
  stroke(
    u,
    last.values,
    colours[`--${side}`],
    2.75,
    last.flagged ? [1, 5] : provisional ? [9, 5] : dashed ? [7, 4] : [],
  )
}

function stroke(
  u: uPlot,
  values: readonly number[],
  style: string,
  widthPx: number,
  dash: number[] = [],
): void {
  const { ctx } = u
  ctx.strokeStyle = style
  ctx.lineWidth = widthPx * devicePixelRatio
  ctx.setLineDash(dash.map((length) => length * devicePixelRatio))
  ctx.beginPath()
  for (let pct = 0; pct < values.length; pct++)
    ctx.lineTo(u.valToPos(pct, 'x', true), u.valToPos(values[pct]!, 'y', true))
  ctx.stroke()
}

function fillBand(u: uPlot, { mean, sd }: MeanBand, style: string): void {
  const { ctx } = u
  ctx.fillStyle = style
  ctx.beginPath()
  for (let pct = 0; pct < mean.length; pct++)
    ctx.lineTo(u.valToPos(pct, 'x', true), u.valToPos(mean[pct]! + sd[pct]!, 'y', true))
  for (let pct = mean.length - 1; pct >= 0; pct--)
    ctx.lineTo(u.valToPos(pct, 'x', true), u.valToPos(mean[pct]! - sd[pct]!, 'y', true))
  ctx.fill()
}
