import { signal } from '@preact/signals'

export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'footfall-theme'
const stored = localStorage.getItem(KEY)
export const theme = signal<Theme>(THEMES.find((name) => name === stored) ?? 'auto')
/** Counts up whenever colours change, so that canvases know to draw again. */
export const palette = signal(0)

function apply(): void {
  if (theme.value === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme.value
  palette.value++
}

export function chooseTheme(next: Theme): void {
  theme.value = next
  localStorage.setItem(KEY, next)
  apply()
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply)
apply()
