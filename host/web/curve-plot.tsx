import { useLayoutEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import { colours } from './colours.ts'
import { type Drawing, drawLayers } from './curve-layers.ts'
import type { Box } from './geometry.ts'
import type { Range } from './leg-view.ts'

const X = Array.from({ length: 101 }, (_, i) => i)
/** uPlot keeps canvas, scales and pixels; the layers are drawn in its hook, so its one series has nothing to show. */
const DATA: uPlot.AlignedData = [X, X.map(() => null)]

interface Props {
  box: Box
  range: Range
  drawing: Drawing
}

/** Curves over stance in their layers, in exactly `box`; axes, words and marks are DOM around it. */
export function CurvePlot({ box, range, drawing }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const now = useRef({ range, drawing })
  now.current = { range, drawing }

  useLayoutEffect(() => {
    const element = host.current!
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
        series: [{}, { points: { show: false } }],
        hooks: { draw: [(u) => drawLayers(u, now.current.drawing, colours.peek())] },
      },
      DATA,
      element,
    )
    plot.current = u
    return () => u.destroy()
  }, [])

  useLayoutEffect(
    () => plot.current?.setSize({ width: box.width, height: box.height }),
    [box.width, box.height],
  )
  // in the frame of the words around it, not one later
  useLayoutEffect(() => plot.current?.setData(DATA, true), [drawing, range, colours.value])

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
