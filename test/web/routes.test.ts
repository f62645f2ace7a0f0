import fc from 'fast-check'
import { expect, it } from 'vitest'
import { comparePath, replayPath, routeOf } from '../../host/web/routes.ts'

it.each([
  ['/', { page: 'home' }],
  ['/live', { page: 'live' }],
  ['/sessions/', { page: 'sessions' }],
  ['/sessions/a.mcap', { page: 'replay', recording: 'a.mcap' }],
  ['/compare', { page: 'compare', a: null, b: null }],
  ['/live/x', { page: 'missing' }],
  ['/sessions/a/b', { page: 'missing' }],
  ['/else', { page: 'missing' }],
])('%s is %o', (path, route) => {
  expect(routeOf(path)).toEqual(route)
})

it('finds any recording again at the address it made for it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (recording) => {
      expect(routeOf(replayPath(recording))).toEqual({ page: 'replay', recording })
      const pair = { page: 'compare', a: recording, b: `${recording}2` }
      expect(routeOf(comparePath(pair.a, pair.b))).toEqual(pair)
    }),
  )
})
