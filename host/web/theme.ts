import { effect, signal } from '@preact/signals'
import { oneOf, stored } from './stored.ts'

export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export const theme = stored<Theme>('footfall-theme', 'auto', oneOf(THEMES))
/** Counts up whenever colours change, so that canvases know to draw again. */
export const palette = signal(0)

function apply(): void {
  if (theme.value === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme.value
  palette.value = palette.peek() + 1
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply)
effect(apply)
