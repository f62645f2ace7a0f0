import { en, type Messages } from './messages/en.ts'
import { type Language, language } from './messages/locale.ts'

const CATALOGUE: Record<Language, Messages> = { en }

/** Every word a user reads, in the language of this page; `messages/` holds them. */
export const words: Messages = CATALOGUE[language]

export const { place: PLACE_WORDS, side: SIDE_WORDS, phase: PHASE_WORDS, metric: METRIC_WORDS } = words
