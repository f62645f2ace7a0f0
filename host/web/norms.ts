import { computed, effect, signal } from '@preact/signals'
import type { CurveName, StrideMetric } from '../server/messages.ts'
import { session } from './app.ts'
import type { MeanBand } from './curve-layers.ts'
import { conditions } from './tag-form.tsx'

interface Source {
  citation: string
  doi: string
  people: string
  definition: string
}

/** What published runners do at one speed; only what has a source. */
export interface Norms {
  metrics: Partial<Record<StrideMetric, { mean: number; sd: number; source: Source }>>
  curves: Partial<Record<CurveName, MeanBand & { source: Source }>>
}

/** Whether the norm band is drawn. Off until asked for: this runner's own usual comes first. */
export const normWanted = signal(false)

const fetched = signal<Norms | null>(null)
/** The bands to draw; `null` when they are not wanted or not known. */
export const norms = computed(() => (normWanted.value ? fetched.value : null))

export const normBand = (name: CurveName): (MeanBand & { source: Source }) | null =>
  norms.value?.curves[name] ?? null

const asked = computed(() => {
  const activity = session.state.value?.info.activity
  const { speedMPerS } = conditions.value
  if (!normWanted.value || !activity || speedMPerS === undefined) return null
  return new URLSearchParams({ activity, speedMPerS: String(speedMPerS) }).toString()
})

async function ask(query: string): Promise<void> {
  const answer = await fetch(`/api/norms?${query}`).catch(() => null)
  const found = answer?.ok ? ((await answer.json()) as Norms) : null
  if (asked.peek() === query) fetched.value = found
}

effect(() => {
  fetched.value = null
  if (asked.value !== null) void ask(asked.value)
})
