import { computed, effect, signal } from '@preact/signals'
import type { Mark, Overview } from '../../server/messages.ts'
import { connection, isReplay, session } from '../app.ts'

/** The recording on the page at a glance; `null` until the host has looked through it. */
export const overview = signal<Overview | null>(null)
/** It cannot be had: the page does without. */
export const noOverview = signal(false)

const recording = computed(() => {
  const state = session.state.value
  return isReplay(state) && connection.link.value === 'open' ? (state?.recording ?? null) : null
})
const isAnalysed = computed(() => session.state.value?.analysed === 1)

/** A mark was added behind it: the overview is of before. */
const isOld = computed(() => {
  const known = overview.value?.marks
  return known !== undefined && session.marks.value.some((mark) => !mark.gap && !known.some(isLike(mark)))
})
const isLike = (a: Mark) => (b: Mark) => a.timeS === b.timeS && a.kind === b.kind && a.text === b.text

/** Asks for the overview of what is shown, again whenever it may have changed; returns how to stop. */
export function followOverview(): () => void {
  let shown: string | null = null
  const stop = effect(() => {
    if (recording.value !== shown) overview.value = null
    shown = recording.value
    noOverview.value = false
    if (shown === null || !isAnalysed.value) return
    void isOld.value
    const leaving = new AbortController()
    void fetchOverview(shown, leaving.signal).then((answer) => {
      if (leaving.signal.aborted) return
      overview.value = answer
      noOverview.value = answer === null
    })
    return () => leaving.abort()
  })
  return () => {
    stop()
    overview.value = null
  }
}

/** @returns `null` when the host has none */
export async function fetchOverview(name: string, signal: AbortSignal): Promise<Overview | null> {
  try {
    const answer = await fetch(`/api/recordings/${encodeURIComponent(name)}/overview`, { signal })
    return answer.ok ? ((await answer.json()) as Overview) : null
  } catch {
    return null
  }
}
