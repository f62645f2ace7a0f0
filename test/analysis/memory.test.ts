import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** A young generation that nothing is collected from while it is measured. */
const YOUNG = ['--min-semi-space-size=64', '--max-semi-space-size=64']

async function measured<T>(script: string, flags: readonly string[] = []): Promise<T> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', ...flags, path])
  return JSON.parse(stdout) as T
}

test('a sample makes no object: some boxed numbers and its share of a stride’s events are all it leaves', async () => {
  const { bytesPerSample, strides } = await measured<{ bytesPerSample: number; strides: number }>(
    './heap-per-sample.ts',
    YOUNG,
  )
  expect(strides).toBeGreaterThan(500)
  // 80 measured; one array of three a sample would be 130 more
  expect(bytesPerSample).toBeLessThan(160)
})

test('what an analysis holds does not grow with the session', { timeout: 120_000 }, async () => {
  const { heldBytes, strides, durationS } = await measured<{
    heldBytes: number[]
    strides: number
    durationS: number
  }>('./heap-retained.ts')
  expect(durationS).toBeGreaterThan(715)
  expect(strides).toBeGreaterThan(1500)
  // a number kept for each sample would be 8 MB more, an object for each stride half a megabyte
  const grown = Math.min(...heldBytes.slice(-3)) - Math.max(...heldBytes.slice(0, 2))
  expect(grown).toBeLessThan(250_000)
})
