import { expect, it } from 'vitest'
import { backOffMs } from '../../host/web/connection.ts'

it('waits longer after each failed attempt, up to eight seconds', () => {
  expect([0, 1, 2, 3, 4, 5, 100].map(backOffMs)).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000])
})
