import { deserialize, serialize } from 'node:v8'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flatten, type Graph, rebuild } from '../../host/analysis/graph.ts'

class Ring {
  readonly values = new Float64Array(4)
  readonly head = this.values.subarray(1, 3)
  owner: object | null = null
  private count = 0

  push(value: number): number {
    this.head[0] = value
    return ++this.count
  }
}
const classes = new Map([['Ring', Ring as new () => object]])

const copy = <T extends object>(root: T, outside: object[] = [], fresh = outside): T =>
  rebuild(deserialize(serialize(flatten(root, classes, outside))) as Graph, classes, fresh) as T

describe('objects as a list', () => {
  test('data come back as they were', () => {
    const key = fc.string().filter((name) => name !== '__proto__')
    const data: fc.Arbitrary<unknown> = fc.anything({
      key,
      withMap: true,
      withSet: true,
      withBigInt: true,
      maxDepth: 4,
    })
    // null prototypes come back as plain objects: toEqual, not toStrictEqual
    for (const value of fc.sample(data, 300)) expect(copy({ value })).toEqual({ value })
  })

  test('whatever referred to one object still does, circles too', () => {
    const ring = new Ring()
    const root = { a: ring, b: [ring], c: new Map([[ring, new Set([ring])]]) }
    ring.owner = root
    const again = copy(root)
    expect(again.a).toBeInstanceOf(Ring)
    expect(again.b[0]).toBe(again.a)
    expect(again.a.owner).toBe(again)
    expect([...again.c.keys()][0]).toBe(again.a)
    expect(again.c.get(again.a)?.has(again.a)).toBe(true)
  })

  test('views of one buffer stay so, and private fields go on counting', () => {
    const ring = new Ring()
    ring.push(7)
    const again = copy(ring)
    expect(again.push(9)).toBe(2)
    expect(again.values[1]).toBe(9)
    expect(ring.values[1]).toBe(7)
  })

  test('what belongs to somebody else is replaced, not written', () => {
    const theirs = { say() {} }
    const other = { say() {} }
    expect(copy({ ring: new Ring(), theirs }, [theirs], [other]).theirs).toBe(other)
  })

  test('what cannot be written is named with its path', () => {
    const flat = (root: object) => () => flatten(root, classes, [])
    expect(flat({ legs: [{ tell: () => {} }] })).toThrow('state.legs[0].tell is a function')
    expect(flat({ at: new Date() })).toThrow('state.at is a Date: add it to the classes')
    expect(flat({ view: new DataView(new ArrayBuffer(2)) })).toThrow('state.view is a DataView')
  })

  test('a class that is gone is named', () => {
    expect(() => rebuild(flatten(new Ring(), classes, []), new Map(), [])).toThrow('state of a Ring')
  })
})
