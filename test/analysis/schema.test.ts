import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { analysisSchema } from '../../host/analysis/schema.ts'

test('the published schema is the one the types are built with', () => {
  const published = readFileSync(new URL('../../docs/analysis-1.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(analysisSchema())))
})
