/**
 * The bytes that a write of `value` sends on Espruino: a string's characters, an ArrayBuffer's bytes, but of a typed array or a plain
 * array one byte an *element*, whatever the element's width. Copies. Works across realms.
 */
export function bytesWritten(value: unknown): Uint8Array {
  if (typeof value === 'string') return Uint8Array.from(value, (c) => c.charCodeAt(0) & 0xff)
  if (typeof value === 'number') return Uint8Array.of(value & 0xff)
  if (Object.prototype.toString.call(value) === '[object ArrayBuffer]')
    return new Uint8Array(value as ArrayBuffer).slice()
  return Uint8Array.from(value as ArrayLike<number>, (element) => element & 0xff)
}
