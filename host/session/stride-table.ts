import {
  type AnalysisDocument,
  CURVE_POINTS,
  CURVES,
  type CurveName,
  STRIDE_METRICS,
} from '../analysis/document.ts'

const EVENT_COLUMNS = ['icS', 'footFlatS', 'midSwingS', 'heelRiseS', 'toS', 'nextIcS'] as const

/**
 * The strides of an analysis as tables for other people's tools: one row a stride in `strides`, one row a stride with 101 columns (0…100 % of
 * stance) for each curve. Empty cell = not known.
 */
export function strideTable(document: AnalysisDocument): {
  strides: string
  curves: Record<CurveName, string>
} {
  const header = ['leg', 'index', ...EVENT_COLUMNS, ...STRIDE_METRICS, 'strikeType', 'ok', 'reasons']
  const rows = document.strides.map((stride) => [
    stride.leg,
    stride.index,
    ...EVENT_COLUMNS.map((name) => stride[name]),
    ...STRIDE_METRICS.map((name) => stride[name]),
    stride.strikeType,
    stride.quality.ok,
    stride.quality.reasons.join('; '),
  ])
  const points = Array.from({ length: CURVE_POINTS }, (_, i) => `p${i}`)
  const curves = Object.fromEntries(
    CURVES.map((name) => [
      name,
      csv(
        ['leg', 'index', ...points],
        document.strides
          .filter((stride) => stride.curves[name] !== null)
          .map((stride) => [stride.leg, stride.index, ...(stride.curves[name] ?? [])]),
      ),
    ]),
  ) as Record<CurveName, string>
  return { strides: csv(header, rows), curves }
}

type Cell = string | number | boolean | null

function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `${[header, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`
}

function cell(value: Cell): string {
  if (value === null) return ''
  const text = String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
