import { signal } from '@preact/signals'

/** Recordings that were chosen to be compared, at most two. */
export const picked = signal<readonly string[]>([])

/** A third one takes the place of the one that was chosen first. */
export function pick(name: string): void {
  const others = picked.value.filter((other) => other !== name)
  picked.value = others.length < picked.value.length ? others : [...others, name].slice(-2)
}
