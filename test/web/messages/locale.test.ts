import { expect, it } from 'vitest'
import { localeFor } from '../../../host/web/messages/locale.ts'

it.each([
  [['en-GB', 'de'], null, { language: 'en', locale: 'en-GB' }],
  // the first of the reader's languages that there are words for
  [['fr-CH', 'en-IE', 'en'], null, { language: 'en', locale: 'en-IE' }],
  // none: the words are English, and so is the way numbers are written
  [['fr-CH'], null, { language: 'en', locale: 'en' }],
  [[], 'en', { language: 'en', locale: 'en' }],
  [['fr', 'en-AU'], 'en', { language: 'en', locale: 'en-AU' }],
] as const)('%o with %s chosen is %o', (preferred, chosen, is) => {
  expect(localeFor(preferred, chosen)).toEqual(is)
})
