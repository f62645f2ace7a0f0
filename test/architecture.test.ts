import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const run = promisify(execFile)

async function cruise(...folders: string[]): Promise<{ failed: boolean; said: string }> {
  const cli = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'
  try {
    const { stdout } = await run(process.execPath, [cli, '--config', '.dependency-cruiser.cjs', ...folders], {
      cwd: root,
    })
    return { failed: false, said: stdout }
  } catch (error) {
    return { failed: true, said: (error as { stdout: string }).stdout }
  }
}

test('imports go one way through the rooms, and the pure rooms stay pure', async () => {
  const { failed, said } = await cruise('shared', 'firmware', 'host')
  expect(said).toContain('no dependency violations found')
  expect(failed).toBe(false)
})
