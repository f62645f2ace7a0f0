import { computed } from '@preact/signals'
import { palette } from './theme.ts'

const NAMES = [
  '--left',
  '--left-soft',
  '--right',
  '--right-soft',
  '--base',
  '--norm',
  '--norm-edge',
  '--ink-mean',
] as const
export type Colours = Record<(typeof NAMES)[number], string>

/** The colours canvases are drawn with, read when they change and not in the middle of drawing: asking makes the browser lay out. */
export const colours = computed<Colours>(() => {
  palette.value
  const style = getComputedStyle(document.documentElement)
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(name)])) as Colours
})
