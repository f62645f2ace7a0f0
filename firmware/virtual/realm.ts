import { type Context, createContext, Script } from 'node:vm'

/**
 * What Node's JavaScript has and Espruino's has not, or does otherwise (measured on the interpreter, 2v29), taken away or changed in
 * a realm of its own. Syntax is the gate's matter.
 */
const quirks = new Script(`
  // The program's own memory is counted: what it makes by length, not the views.
  {
    const count = noteAllocation
    const { construct } = Reflect
    const counting = {
      construct(make, args, as) {
        const made = construct(make, args, as)
        if (typeof args[0] === 'number') count(made.byteLength)
        return made
      },
    }
    for (const name of ['Uint8Array', 'Uint16Array', 'Int16Array', 'Uint32Array', 'Float32Array', 'Float64Array'])
      globalThis[name] = new Proxy(globalThis[name], counting)
  }
  delete globalThis.noteAllocation
  for (const name of ['Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'Symbol', 'Proxy', 'Reflect', 'BigInt', 'BigInt64Array',
    'BigUint64Array', 'RangeError', 'FinalizationRegistry', 'SharedArrayBuffer', 'Atomics', 'Intl', 'globalThis'])
    delete globalThis[name]
  for (const name of ['imul', 'fround', 'clz32', 'trunc', 'hypot', 'log2', 'cbrt', 'log10', 'expm1', 'log1p', 'sinh', 'cosh', 'tanh'])
    delete Math[name]
  for (const name of ['flat', 'flatMap', 'at', 'lastIndexOf', 'copyWithin']) delete Array.prototype[name]
  for (const name of ['from', 'of']) delete Array[name]
  for (const name of ['isInteger', 'isFinite', 'EPSILON', 'MAX_SAFE_INTEGER', 'isSafeInteger']) delete Number[name]
  for (const name of ['freeze', 'seal', 'preventExtensions']) delete Object[name]
  for (const name of ['codePointAt', 'at', 'matchAll']) delete String.prototype[name]
  delete ArrayBuffer.prototype.slice
  {
    const Typed = Object.getPrototypeOf(Uint8Array)
    const set = Typed.prototype.set
    for (const name of ['copyWithin', 'at', 'findLast', 'findLastIndex', 'with', 'toSorted', 'toReversed']) delete Typed.prototype[name]
    delete Typed.from
    delete Typed.of
    // A slice is a plain array; set past the end is cut without a word.
    const slice = Array.prototype.slice
    Typed.prototype.slice = function (from, to) { return slice.call(this, from, to) }
    Typed.prototype.set = function (source, at) {
      const room = this.length - (at || 0)
      set.call(this, source.length > room ? slice.call(source, 0, room) : source, at || 0)
    }
    for (const name of ['Uint8Array', 'Int8Array', 'Uint16Array', 'Int16Array', 'Uint32Array', 'Int32Array', 'Float32Array', 'Float64Array'])
      delete eval(name).BYTES_PER_ELEMENT
  }
`)
const typedArray = new Script('Uint8Array.prototype.constructor')

export interface Realm {
  context: Context
  /** The realm's own Uint8Array: what natives hand to the program. */
  Uint8Array: Uint8ArrayConstructor
}

/**
 * A fresh JavaScript world with Espruino's limits and the given globals.
 * @param noteAllocation is told the bytes of every typed array that the program makes by its length
 */
export function espruinoRealm(
  globals: Record<string, unknown>,
  noteAllocation: (bytes: number) => void,
): Realm {
  const context = createContext({ ...globals, noteAllocation })
  quirks.runInContext(context)
  return { context, Uint8Array: typedArray.runInContext(context) as Uint8ArrayConstructor }
}
