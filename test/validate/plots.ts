import type { Plot } from './report.ts'
import { SCORED_KINDS, type ScoredKind, type ScoredMetric } from './score.ts'
import { mean } from './statistics.ts'
import type { GroupSummary } from './summary.ts'
import { around, bars, COLOURS, dot, frame, legend, level, line, type Panel, svg } from './svg.ts'

/** Plots of a validation, each an SVG file. Recorded sessions appear as means only. */
export function plots(groups: readonly GroupSummary[]): (Plot & { svg: string })[] {
  const held = groups.filter((group) => ['clean', 'hard', 'captured'].includes(group.heldTo))
  return [
    {
      file: 'contact-time.svg',
      says: 'Contact time, Bland–Altman: a dot is the mean of one trial; lines are the limits of agreement of single strides.',
      svg: blandAltman(held, 'contactTimeMs', 'contact time, ms', 10),
    },
    {
      file: 'peak-eversion.svg',
      says: 'Peak eversion, Bland–Altman, in the same way.',
      svg: blandAltman(held, 'peakEversionDeg', 'peak eversion, °', 2),
    },
    {
      file: 'eversion-curves.svg',
      says: 'Eversion over stance, mean over all strides of a group: found and true.',
      svg: meanCurves(groups),
    },
    {
      file: 'event-errors.svg',
      says: 'Errors of initial contact and toe-off, found minus true.',
      svg: eventErrors(groups),
    },
  ]
}

const colour = (i: number): string => COLOURS[i % COLOURS.length]!

/** A panel a group; differences of the trials' means over their averages. */
function blandAltman(
  groups: readonly GroupSummary[],
  metric: ScoredMetric,
  says: string,
  step: number,
): string {
  const drawn = groups.filter((group) => group.metrics[metric])
  const trials = drawn.map((group) =>
    group.scores.flatMap((score) => {
      const pairs = score.metrics[metric]
      if (!pairs) return []
      const [found, truth] = [mean(pairs.found), mean(pairs.truth)]
      return [{ average: (found + truth) / 2, difference: found - truth }]
    }),
  )
  const limits = drawn.flatMap((group) => [group.metrics[metric]!.loaLow, group.metrics[metric]!.loaHigh])
  const yRange = around([...limits, ...trials.flat().map((t) => t.difference), 0], step)
  const body = drawn.flatMap((group, i) => {
    const m = group.metrics[metric]!
    const p: Panel = {
      ...place(i, 3),
      title: group.name,
      xLabel: `mean of found and true ${says}`,
      yLabel: 'found − true',
      xRange: around(
        trials[i]!.map((t) => t.average),
        step,
      ),
      yRange,
    }
    return [
      ...frame(p),
      level(p, m.bias, colour(i)),
      ...[m.loaLow, m.loaHigh].map((y) => level(p, y, colour(i), 'stroke-dasharray="5 3"')),
      ...trials[i]!.map((t) => dot(p, t.average, t.difference, colour(i))),
    ]
  })
  return sheet(drawn.length, 3, `Bland–Altman, ${says}`, body)
}

const PERCENT = Array.from({ length: 101 }, (_, i) => i)

function meanCurves(groups: readonly GroupSummary[]): string {
  const drawn = groups.filter((group) => group.curves.eversion)
  const yRange = around(
    drawn.flatMap((g) => [...g.curves.eversion!.found, ...g.curves.eversion!.truth]),
    2,
  )
  const body = drawn.flatMap((group, i) => {
    const curve = group.curves.eversion!
    const p: Panel = {
      ...place(i, 3),
      title: `${group.name}, ${curve.n} strides`,
      xLabel: 'stance, %',
      yLabel: 'eversion, °',
      xRange: { from: 0, to: 100 },
      yRange,
    }
    return [
      ...frame(p),
      line(p, PERCENT, curve.truth, '#222', 'stroke-dasharray="5 3"'),
      line(p, PERCENT, curve.found, colour(0)),
      ...legend(p.x + p.width - 62, p.y + 18, [
        { words: 'found', colour: colour(0) },
        { words: 'true', colour: '#222' },
      ]),
    ]
  })
  return sheet(drawn.length, 3, 'Mean eversion curves', body)
}

const HALF_MS = 40
const BIN_MS = 2

function eventErrors(groups: readonly GroupSummary[]): string {
  const drawn = groups.filter((group) => group.heldTo !== 'nothing' && group.events['toe-off'].errorMs)
  const histogram = (group: GroupSummary, kind: ScoredKind): number[] => {
    const errors = group.scores.flatMap((score) => score.events[kind].errorsMs)
    const bins = new Array<number>((2 * HALF_MS) / BIN_MS).fill(0)
    for (const e of errors) {
      const at = Math.floor((e + HALF_MS) / BIN_MS)
      bins[Math.max(0, Math.min(bins.length - 1, at))]! += 100 / errors.length
    }
    return bins
  }
  const body = drawn.flatMap((group, i) =>
    SCORED_KINDS.flatMap((kind, k) => {
      const bins = histogram(group, kind)
      const p: Panel = {
        ...place(2 * i + k, 4),
        title: `${kind === 'toe-off' ? 'TO' : 'IC'}, ${group.name}`,
        xLabel: 'error, ms (beyond ±40 in the last bars)',
        yLabel: '% of events',
        xRange: { from: -HALF_MS, to: HALF_MS },
        yRange: around([0, ...bins], 10),
      }
      return [...frame(p), bars(p, bins, colour(k))]
    }),
  )
  return sheet(2 * drawn.length, 4, 'Event errors', body)
}

const CELL = { width: 330, height: 240 }

const place = (i: number, columns: number) => ({
  x: 50 + (i % columns) * CELL.width,
  y: 30 + Math.floor(i / columns) * CELL.height,
  width: CELL.width - 70,
  height: CELL.height - 80,
})

const sheet = (cells: number, columns: number, title: string, body: readonly string[]): string =>
  svg(Math.min(cells, columns) * CELL.width, Math.ceil(cells / columns) * CELL.height, title, body)
