/**
 * Objects as a flat list that can be written down: everything that can be reached from a root, once each, whatever refers to whatever.
 * Knows plain objects, arrays, maps, sets, typed arrays (views of one buffer stay so) and instances of the classes it is told of.
 */

type Class = new (...args: never[]) => object
export type Classes = ReadonlyMap<string, Class>
/** A primitive, or `{ at }`: the number of the node it refers to. */
type Slot = unknown
type Node =
  | { kind: 'outside'; index: number }
  | { kind: 'buffer'; bytes: ArrayBuffer }
  | { kind: 'view'; type: string; buffer: Slot; offset: number; length: number }
  | { kind: 'array' | 'set'; slots: Slot[] }
  | { kind: 'map'; keys: Slot[]; slots: Slot[] }
  | { kind: 'object'; type: string | null; keys: string[]; slots: Slot[] }
export type Graph = Node[]

const VIEWS = {
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
}
type View = InstanceType<(typeof VIEWS)[keyof typeof VIEWS]>

/**
 * @param outside objects that belong to somebody else: noted by their place in this list, not written
 * @throws TypeError that names the path to what cannot be written: a function, or an instance of a class that is not in `classes`
 */
export function flatten(root: object, classes: Classes, outside: readonly object[]): Graph {
  const graph: Graph = []
  const numbers = new Map<object, number>()
  const names = new Map([...classes].map(([name, type]) => [type.prototype as object, name]))

  const slot = (value: unknown, path: string): Slot => {
    if (typeof value === 'function' || typeof value === 'symbol')
      throw new TypeError(`${path} is a ${typeof value}: state must be data and objects of known classes`)
    if (typeof value !== 'object' || value === null) return value
    const known = numbers.get(value)
    if (known !== undefined) return { at: known }
    const at = graph.length
    numbers.set(value, at)
    graph.push({ kind: 'outside', index: -1 })
    graph[at] = node(value, path)
    return { at }
  }

  const each = (values: Iterable<unknown>, path: string) =>
    Array.from(values, (value, i) => slot(value, `${path}[${i}]`))

  const node = (value: object, path: string): Node => {
    const index = outside.indexOf(value)
    if (index >= 0) return { kind: 'outside', index }
    if (value instanceof ArrayBuffer) return { kind: 'buffer', bytes: value }
    if (ArrayBuffer.isView(value)) {
      const { buffer, byteOffset, length } = value as View
      const type = value.constructor.name
      if (!(type in VIEWS)) throw new TypeError(`${path} is a ${type}: not a kind of state`)
      return { kind: 'view', type, buffer: slot(buffer, path), offset: byteOffset, length }
    }
    if (Array.isArray(value)) return { kind: 'array', slots: each(value, path) }
    if (value instanceof Set) return { kind: 'set', slots: each(value, path) }
    if (value instanceof Map)
      return { kind: 'map', keys: each(value.keys(), path), slots: each(value.values(), path) }
    return fields(value, path)
  }

  const fields = (value: object, path: string): Node => {
    const prototype: object | null = Object.getPrototypeOf(value)
    const plain = prototype === Object.prototype || prototype === null
    const type = plain ? null : names.get(prototype)
    if (type === undefined)
      throw new TypeError(
        `${path} is a ${value.constructor.name}: add it to the classes whose state is saved`,
      )
    const keys = Object.keys(value)
    return {
      kind: 'object',
      type,
      keys,
      slots: keys.map((key) => slot((value as Record<string, unknown>)[key], `${path}.${key}`)),
    }
  }

  slot(root, 'state')
  return graph
}

/**
 * The same objects again, the root first.
 * @throws TypeError when the graph holds a class that is not in `classes`
 */
export function rebuild(graph: Graph, classes: Classes, outside: readonly object[]): object {
  const made: object[] = []
  const value = (slot: Slot): unknown =>
    typeof slot === 'object' && slot !== null ? made[(slot as { at: number }).at] : slot

  for (const node of graph) made.push(empty(node, classes, outside))
  // a view needs its buffer, which may stand behind it
  graph.forEach((node, at) => {
    if (node.kind === 'view')
      made[at] = new VIEWS[node.type as keyof typeof VIEWS](
        value(node.buffer) as ArrayBuffer,
        node.offset,
        node.length,
      )
  })
  for (const [at, node] of graph.entries()) fill(made[at]!, node, value)
  return made[0]!
}

function empty(node: Node, classes: Classes, outside: readonly object[]): object {
  switch (node.kind) {
    case 'outside':
      return outside[node.index]!
    case 'buffer':
      return node.bytes
    case 'array':
      return []
    case 'set':
      return new Set()
    case 'map':
      return new Map()
    case 'view':
      return node
    case 'object': {
      if (node.type === null) return {}
      const type = classes.get(node.type)
      if (type === undefined) throw new TypeError(`state of a ${node.type}, which there is no longer`)
      return Object.create(type.prototype as object) as object
    }
  }
}

function fill(target: object, node: Node, value: (slot: Slot) => unknown): void {
  if (node.kind === 'array') for (const slot of node.slots) (target as unknown[]).push(value(slot))
  else if (node.kind === 'set') for (const slot of node.slots) (target as Set<unknown>).add(value(slot))
  else if (node.kind === 'map')
    for (const [i, slot] of node.slots.entries())
      (target as Map<unknown, unknown>).set(value(node.keys[i]), value(slot))
  else if (node.kind === 'object')
    for (const [i, slot] of node.slots.entries())
      (target as Record<string, unknown>)[node.keys[i]!] = value(slot)
}
