import { expect, it } from 'vitest'
import type { Alert, Mark } from '../../host/server/messages.ts'
import { missing } from '../../host/web/gaps.ts'

const lost = { place: 'left-shoe' as const, fromS: 3, toS: 3.2 }
const marks: Mark[] = [
  { timeS: 1, kind: 'mark', text: '' },
  {
    timeS: 4,
    kind: 'gap',
    text: '',
    gap: { ...lost, pod: 'a', samples: 80, cause: 'bit errors' },
  },
]
const silent: Alert = {
  key: 'pod-silent left-shin',
  level: 'bad',
  fromS: 12,
  code: 'pod-silent',
  place: 'left-shin',
  values: { silentS: 2 },
}

it('are what was given up, and what a silent pod has not sent so far', () => {
  expect(missing(marks, [], 20)).toEqual([lost])
  expect(missing(marks, [silent], 15)).toEqual([lost, { place: 'left-shin', fromS: 10, toS: 15 }])
  expect(missing([], [{ ...silent, code: 'loss' }], 15)).toEqual([])
})
