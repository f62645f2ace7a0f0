import type { Tag } from '../server/messages.ts'
import { number } from './format.ts'
import { speed } from './settings.ts'
import { words } from './words.ts'

/** How a stretch is run, each thing that was said of it. */
export const conditionWords = ({ shoe, orthotic, speedMPerS, inclinePct }: Tag): string[] =>
  [
    shoe,
    orthotic,
    speedMPerS === undefined ? undefined : speed(speedMPerS),
    inclinePct === undefined
      ? undefined
      : words.tag.incline(number(inclinePct, inclinePct % 1 === 0 ? 0 : 1)),
  ].filter((part) => part !== undefined)

export const tagWords = (tag: Tag): string =>
  [...conditionWords(tag), tag.pain === undefined ? undefined : words.tag.pain(number(tag.pain)), tag.note]
    .filter((part) => part !== undefined)
    .join(', ')
