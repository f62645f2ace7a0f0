/**
 * Draws found against true joint angles of a simulated leg into `docs/methods/angles.svg`: thin grey the truth, dark what the pods say, every
 * stride of one runner with unknown mounts and a fair IMU. `npx node test/tools/draw-angles.ts`
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readLegFrom } from './captured-runners.ts'
import { simulatedLeg } from './simulated-leg.ts'

const WIDTH = 260
const HEIGHT = 180
const PANELS = [
  ['eversionDeg', 'eversionCurveDeg', 'eversion, deg'],
  ['tibialRotationDeg', 'tibialRotationCurveDeg', 'tibial rotation from contact, deg'],
  ['dorsiflexionDeg', 'dorsiflexionCurveDeg', 'dorsiflexion, deg'],
] as const

const strides = readLegFrom(simulatedLeg('right', { name: 'overpronator', seed: 7 })).slice(2, 14)

const panel = ([found, truth, title]: (typeof PANELS)[number], k: number): string => {
  const pairs = strides.map(({ motion, truth: t }) => {
    const zero = found === 'tibialRotationDeg' ? (t[truth] as number[])[0]! : 0
    return [motion.curves[found]!, (t[truth] as number[]).map((v) => v - zero)] as const
  })
  const all = pairs.flat(2)
  const low = Math.floor(Math.min(...all) / 5) * 5
  const high = Math.ceil(Math.max(...all) / 5) * 5
  const x = (i: number) => (36 + (i * (WIDTH - 46)) / 100).toFixed(1)
  const y = (v: number) => (24 + ((high - v) * (HEIGHT - 50)) / (high - low)).toFixed(1)
  const line = (curve: readonly number[], style: string) =>
    `<polyline fill="none" ${style} points="${curve.map((v, i) => `${x(i)},${y(v)}`).join(' ')}"/>`
  const label = (v: number) => `<text x="32" y="${y(v)}" text-anchor="end" dy="3">${v}</text>`
  return [
    `<g transform="translate(${k * WIDTH} 0)">`,
    `<text x="36" y="14">${title}</text>`,
    [low, 0, high]
      .filter((v, i, a) => a.indexOf(v) === i)
      .map(label)
      .join(''),
    `<path d="M36 ${y(0)}H${WIDTH - 10}" stroke="#bbb"/>`,
    ...pairs.map(([, t]) => line(t, 'stroke="#9aa5b1" stroke-width="3"')),
    ...pairs.map(([f]) => line(f, 'stroke="#0b4f6c" stroke-width="0.8"')),
    `<text x="36" y="${HEIGHT - 8}">contact</text><text x="${WIDTH - 10}" y="${HEIGHT - 8}" text-anchor="end">toe-off</text>`,
    '</g>',
  ].join('\n')
}

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${3 * WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="10">
<rect width="100%" height="100%" fill="#fff"/>
${PANELS.map(panel).join('\n')}
</svg>
`
writeFileSync(join(import.meta.dirname, '../../docs/methods/angles.svg'), svg)
