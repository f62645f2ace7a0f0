const ascii = new TextDecoder('latin1')

/** The object a hello's, status's or acknowledgement's payload holds; `null` when it holds none. Fields are not checked. */
export function readJson(payload: Uint8Array): object | null {
  try {
    const said: unknown = JSON.parse(ascii.decode(payload))
    return typeof said === 'object' ? said : null
  } catch {
    return null
  }
}
