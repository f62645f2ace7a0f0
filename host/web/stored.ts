import { effect, type Signal, signal } from '@preact/signals'

// a program without a browser has none, and a browser may refuse it: then a choice lasts as long as the page
const storage = ((): Storage | undefined => {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
})()

function read(key: string): unknown {
  try {
    return JSON.parse(storage?.getItem(key) ?? 'null')
  } catch {
    return null
  }
}

/** A choice that outlives the page, kept in this browser only. What is kept and no longer fits is the initial value. */
export function stored<T>(key: string, initial: T, fits: (value: unknown) => value is T): Signal<T> {
  const kept = read(key)
  const choice = signal(fits(kept) ? kept : initial)
  effect(() => {
    if (choice.value === initial) storage?.removeItem(key)
    else storage?.setItem(key, JSON.stringify(choice.value))
  })
  return choice
}

/** Whether a value is one of a list. */
export const oneOf =
  <T>(list: readonly T[]) =>
  (value: unknown): value is T =>
    list.includes(value as T)
