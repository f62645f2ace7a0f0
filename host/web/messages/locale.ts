import { oneOf, stored } from '../stored.ts'

/** The languages there are words for; the first is what is left when the reader has none of them. */
export const LANGUAGES = ['en'] as const
export type Language = (typeof LANGUAGES)[number]

/** The reader's choice on the settings page; `null`: as the browser says. Takes effect when the page is loaded anew. */
export const chosenLanguage = stored<Language | null>('footfall-language', null, oneOf([null, ...LANGUAGES]))

const languageOf = (tag: string): string => tag.split('-')[0]!.toLowerCase()

/**
 * The language of the words, and the locale in which numbers and dates are written: the reader's own where its language is that
 * of the words (`en-GB` for English), so that a page never mixes two.
 *
 * @param preferred the reader's locales, best first
 */
export function localeFor(
  preferred: readonly string[],
  chosen: Language | null,
): { language: Language; locale: string } {
  const known = (tag: string): boolean => LANGUAGES.some((language) => language === languageOf(tag))
  const language =
    chosen ??
    LANGUAGES.find((language) => language === languageOf(preferred.find(known) ?? '')) ??
    LANGUAGES[0]
  return { language, locale: preferred.find((tag) => languageOf(tag) === language) ?? language }
}

export const { language, locale } = localeFor(navigator.languages, chosenLanguage.value)
