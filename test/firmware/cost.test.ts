import { parse } from 'acorn'
import { expect, test } from 'vitest'
import { walk } from '../../firmware/build/syntax-tree.ts'
import { bundle, Rig } from './rig.ts'

/** The bundle with a native call before every statement and in every loop, so that the machine's count is one of work done. */
function counted(code: string): string {
  const at: number[] = []
  walk(parse(code, { ecmaVersion: 'latest' }), (node) => {
    if (node.type === 'BlockStatement' || node.type === 'Program')
      for (const statement of node.body) if (!('directive' in statement)) at.push(statement.start)
  })
  return at.sort((a, b) => b - a).reduce((text, i) => `${text.slice(0, i)}getSerial();${text.slice(i)}`, code)
}

/** Statements and native calls in ten seconds of streaming, and the samples they sent. */
async function work(rateHz: number): Promise<{ calls: number; samples: number }> {
  const rig = await Rig.on({
    code: counted(await bundle('xiao-nrf52840-sense')),
    worn: { sampleAt: (_t, out) => out.fill(1) },
  })
  rig.say(`set 1 rateHz=${rateHz}`)
  rig.say('start 2', 1)
  rig.frames = []
  const before = rig.pod.machine.nativeCalls
  rig.run(10)
  return {
    calls: rig.pod.machine.nativeCalls - before,
    samples: rig.samples.reduce((sum, { header }) => sum + header.count, 0),
  }
}

test('work goes with frames and not with bytes: twice the samples in frames twice as long cost no more', async () => {
  const at416 = await work(416)
  const at833 = await work(833)
  expect(at833.samples / at416.samples).toBeCloseTo(2, 1)
  expect(at833.calls / at416.calls).toBeCloseTo(1, 1)
  // Frames, the empty ticks between them and the status each second: nothing runs once a sample.
  expect(at416.calls / (at416.samples / 20)).toBeLessThan(40)
})
