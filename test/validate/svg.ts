/** Plain SVG by hand: frames with axes, dots, lines and bars. Coordinates are rounded, so that files stay small and stable. */

export interface Range {
  from: number
  to: number
}

export interface Panel {
  x: number
  y: number
  width: number
  height: number
  title: string
  xLabel: string
  yLabel: string
  xRange: Range
  yRange: Range
}

export const COLOURS = ['#0b6fa4', '#c8551b', '#2f8f4e', '#7a4fa3', '#8a6d1d', '#b0336b'] as const

const n = (v: number): string => String(Math.round(10 * v) / 10)
const safe = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export function svg(width: number, height: number, title: string, body: readonly string[]): string {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="11" fill="#222">`
  return `${[head, `<title>${safe(title)}</title>`, `<rect width="${width}" height="${height}" fill="#fff"/>`, ...body, '</svg>'].join('\n')}\n`
}

export const atX = (p: Panel, v: number): number =>
  p.x + (p.width * (v - p.xRange.from)) / (p.xRange.to - p.xRange.from)
export const atY = (p: Panel, v: number): number =>
  p.y + p.height - (p.height * (v - p.yRange.from)) / (p.yRange.to - p.yRange.from)

export function text(x: number, y: number, words: string, more = ''): string {
  return `<text x="${n(x)}" y="${n(y)}"${more && ` ${more}`}>${safe(words)}</text>`
}

/** Frame, ticks, labels and title of a panel. */
export function frame(p: Panel): string[] {
  const out = [
    `<rect x="${p.x}" y="${p.y}" width="${p.width}" height="${p.height}" fill="none" stroke="#999"/>`,
    text(p.x, p.y - 7, p.title, 'font-weight="600"'),
    text(p.x + p.width / 2, p.y + p.height + 29, p.xLabel, 'text-anchor="middle"'),
    text(
      0,
      0,
      p.yLabel,
      `text-anchor="middle" transform="translate(${n(p.x - 32)} ${n(p.y + p.height / 2)}) rotate(-90)"`,
    ),
  ]
  for (const v of ticks(p.xRange)) {
    const x = atX(p, v)
    out.push(`<path d="M${n(x)} ${p.y + p.height}v4" stroke="#999"/>`)
    out.push(text(x, p.y + p.height + 15, String(v), 'text-anchor="middle" fill="#555"'))
  }
  for (const v of ticks(p.yRange)) {
    const y = atY(p, v)
    out.push(`<path d="M${p.x} ${n(y)}h${p.width}" stroke="#eee"/>`)
    out.push(text(p.x - 6, y + 4, String(v), 'text-anchor="end" fill="#555"'))
  }
  return out
}

/** Round numbers inside a range, about five of them. */
export function ticks({ from, to }: Range): number[] {
  const rough = (to - from) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough)!
  const first = Math.ceil(from / step - 1e-9)
  const count = Math.floor(to / step + 1e-9) - first + 1
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(6)))
}

/** A range around values with some room, rounded outward to `step`. */
export function around(values: readonly number[], step: number): Range {
  return {
    from: step * Math.floor(Math.min(...values) / step),
    to: step * Math.ceil(Math.max(...values) / step),
  }
}

export function line(
  p: Panel,
  xs: readonly number[],
  ys: readonly number[],
  colour: string,
  more = '',
): string {
  const points = xs.map((x, i) => `${n(atX(p, x))} ${n(atY(p, ys[i]!))}`)
  return `<path d="M${points.join('L')}" fill="none" stroke="${colour}" stroke-width="1.6"${more && ` ${more}`}/>`
}

export function level(p: Panel, y: number, colour: string, more = ''): string {
  return line(p, [p.xRange.from, p.xRange.to], [y, y], colour, more)
}

export function dot(p: Panel, x: number, y: number, colour: string): string {
  return `<circle cx="${n(atX(p, x))}" cy="${n(atY(p, y))}" r="2.6" fill="${colour}" fill-opacity=".65"/>`
}

/** Bars side by side over the whole panel, as one outline. */
export function bars(p: Panel, heights: readonly number[], colour: string): string {
  const width = p.width / heights.length
  const steps = heights.map((h, i) => `V${n(atY(p, h))}H${n(p.x + (i + 1) * width)}`)
  const foot = p.y + p.height
  return `<path d="M${p.x} ${foot}${steps.join('')}V${foot}Z" fill="${colour}" fill-opacity=".75"/>`
}

export function legend(
  x: number,
  y: number,
  entries: readonly { words: string; colour: string }[],
): string[] {
  return entries.flatMap(({ words, colour }, i) => [
    `<circle cx="${x}" cy="${y + 16 * i - 4}" r="4" fill="${colour}"/>`,
    text(x + 9, y + 16 * i, words),
  ])
}
