import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import type { Box } from './geometry.ts'
import { fading, type Range } from './leg-view.ts'
import type { Band } from './statistics.ts'
import { palette } from './theme.ts'

export interface Trace {
  values: number[]
  /** Has a quality flag: drawn dotted. */
  flagged: boolean
}

export interface Layers {
  band: Band | null
  /** Oldest first, without the last stance. */
  faded: Trace[]
  last: Trace | null
  /** Alignment is settling: the last stance is dashed. */
  provisional: boolean
}

const X = Array.from({ length: 101 }, (_, i) => i)
const BLANK: null[] = X.map(() => null)
/** Series by place: 0 x, 1 and 2 the band's bounds, 3 mean. The last stance is drawn by hand, for its dashes. */
const BOUNDS_DRAWN = 2
const MEAN_DRAWN = 3

const dataOf = ({ band }: Layers): uPlot.AlignedData => [
  X,
  band ? band.mean.map((value, i) => value + band.sd[i]!) : BLANK,
  band ? band.mean.map((value, i) => value - band.sd[i]!) : BLANK,
  band ? band.mean : BLANK,
]

function strokeCurve(u: uPlot, values: readonly number[], widthPx: number, dash: number[]): void {
  const { ctx } = u
  const scale = devicePixelRatio
  ctx.lineWidth = widthPx * scale
  ctx.setLineDash(dash.map((length) => length * scale))
  ctx.beginPath()
  for (const [pct, value] of values.entries())
    ctx.lineTo(u.valToPos(pct, 'x', true), u.valToPos(value, 'y', true))
  ctx.stroke()
}

/** Stands inside uPlot's own drawing: fading strides over the band and under the mean, the last stance on top. */
function drawStrides(u: uPlot, series: number, layers: Layers, leg: string): void {
  if (series !== BOUNDS_DRAWN && series !== MEAN_DRAWN) return
  const { ctx, bbox } = u
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  ctx.strokeStyle = leg
  ctx.lineJoin = 'round'
  ctx.lineCap = 'round'
  if (series === BOUNDS_DRAWN) {
    layers.faded.forEach((trace, i) => {
      ctx.globalAlpha = trace.flagged ? 0.4 : fading(i, layers.faded.length)
      strokeCurve(u, trace.values, 1, trace.flagged ? [1, 3] : [])
    })
  } else if (layers.last) {
    const dash = layers.last.flagged ? [1, 5] : layers.provisional ? [9, 5] : []
    strokeCurve(u, layers.last.values, 2.75, dash)
  }
  ctx.restore()
}

interface Props {
  box: Box
  range: Range
  layers: Layers
}

/** One curve over stance in its layers, drawn by uPlot in exactly `box`; axes, words and marks are DOM around it. */
export function CurvePlot({ box, range, layers }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const now = useRef({ range, layers })
  now.current = { range, layers }

  useLayoutEffect(() => {
    const element = host.current!
    const colour = (name: string): string => getComputedStyle(element).getPropertyValue(name)
    const u = new uPlot(
      {
        width: box.width,
        height: box.height,
        padding: [0, 0, 0, 0],
        axes: [{ show: false }, { show: false }],
        legend: { show: false },
        cursor: { show: false },
        select: { show: false, left: 0, top: 0, width: 0, height: 0 },
        scales: {
          x: { time: false, range: [0, 100] },
          y: { range: () => [now.current.range.min, now.current.range.max] },
        },
        series: [
          {},
          { stroke: 'transparent', width: 0, points: { show: false }, pxAlign: 0 },
          { stroke: 'transparent', width: 0, points: { show: false }, pxAlign: 0 },
          { stroke: () => colour('--ink-mean'), width: 1.5, points: { show: false }, pxAlign: 0 },
        ],
        bands: [{ series: [1, 2], fill: () => colour('--leg-soft') }],
        hooks: { drawSeries: [(u, series) => drawStrides(u, series, now.current.layers, colour('--leg'))] },
      },
      dataOf(layers),
      element,
    )
    plot.current = u
    return () => u.destroy()
  }, [])

  useEffect(() => plot.current?.setSize({ width: box.width, height: box.height }), [box.width, box.height])
  useEffect(() => plot.current?.setData(dataOf(layers), true), [layers, range, palette.value])

  return (
    <div
      class="plot"
      ref={host}
      style={{
        left: `${box.left}px`,
        top: `${box.top}px`,
        width: `${box.width}px`,
        height: `${box.height}px`,
      }}
    />
  )
}
