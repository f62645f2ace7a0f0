import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BOARD_NAMES } from '../../firmware/build/boards.ts'
import { writeBundles } from '../../firmware/load/bundles.ts'
import { MOST_LOAD, measureLoad } from '../../firmware/load/load.ts'
import { tableRow } from '../../firmware/load/table.ts'
import { METER, metered, type Work } from '../../firmware/load/work-meter.ts'

/** Runs a metered program and returns what it told, and its last value. */
function run(code: string): Work & { value: unknown } {
  const work: Work = { nodes: 0, calls: 0, globals: 0 }
  const meter = (nodes: number, calls: number, globals: number): void => {
    work.nodes += nodes
    work.calls += calls
    work.globals += globals
  }
  const value = new Function(METER, metered(`${code}\nglobalThis.seen = out`).replace(/$/, ';return out'))(
    meter,
  )
  return { ...work, value }
}

test('a metered program does what it did, and tells each piece it goes through', () => {
  // let, declarator, name, value; then statement, =, ., object, property, value
  expect(run('let out=3')).toMatchObject({ nodes: 4 + 6, calls: 0, value: 3 })
  const turns = (n: number) => run(`let out=0;for(let i=0;i<${n};i++){out=out+i}`)
  const [none, one, five] = [turns(0), turns(1), turns(5)]
  expect(five.value).toBe(10)
  expect(five.nodes - none.nodes).toBe(5 * (one.nodes - none.nodes))
  expect(one.nodes - none.nodes).toBeGreaterThan(8)
})

test('what is not gone through is not told: branches, right-hand sides, functions that are not called', () => {
  const of = (x: number) =>
    run(
      `function f(a){return a*a*a*a}let out=${x};if(out>1)out=f(out);else out++;out>5&&f(f(out));out=out>3?f(1):0`,
    )
  expect(of(0).calls).toBe(0)
  expect(of(2).calls).toBe(1 + 2 + 1)
  expect(of(2).nodes).toBeGreaterThan(of(0).nodes)
  const arrow = run('let f=a=>a+1;let out=f(f(1))')
  expect(arrow).toMatchObject({ calls: 2, value: 3 })
})

test('a name is global where no function around it has it', () => {
  const { globals } = run('let g=1;function f(a){let b=a;return b+g}let out=f(2)')
  // at the top: f, and of the last line globalThis and out; in f: g
  expect(globals).toBe(4)
})

test('twice the bytes in a frame are one more turn of one loop: a read, a copy', async () => {
  const once = await measureLoad({ board: 'wifi', imu: 'lsm6ds3tr-c' }, 416)
  const twice = await measureLoad({ board: 'wifi', imu: 'lsm6ds3tr-c' }, 833)
  // 252 bytes, 21 samples more: not one statement for each of them
  expect(twice.perFrame.nodes - once.perFrame.nodes).toBeLessThan(2 * 21)
  expect(twice.perFrame.calls - once.perFrame.calls).toBeLessThan(3)
  expect(twice.nativesPerFrame - once.nativesPerFrame).toBeCloseTo(1, 0)
})

test('another IMU’s longer samples cost the same work', async () => {
  const plain = await measureLoad({ board: 'pico', imu: 'lsm6ds3tr-c' }, 208)
  const tagged = await measureLoad({ board: 'pico', imu: 'lsm6dso32' }, 208)
  expect(Math.abs(tagged.perFrame.nodes - plain.perFrame.nodes)).toBeLessThan(20)
  expect(tagged.perFrame.calls - plain.perFrame.calls).toBeLessThan(1.5)
})

test('load goes with the rate, and with the board’s clock', async () => {
  const at = async (board: 'xiao-nrf52840-sense' | 'pico', rate: number) =>
    (await measureLoad({ board, imu: 'lsm6ds3tr-c' }, rate)).share
  const [slow, fast, other] = [
    await at('xiao-nrf52840-sense', 104),
    await at('xiao-nrf52840-sense', 416),
    await at('pico', 416),
  ]
  expect(fast / slow).toBeGreaterThan(2.5)
  expect(fast / slow).toBeLessThan(4)
  expect(other).toBeLessThan(0.7 * fast)
})

test('every board’s bundle is written with its load within the budget; one that would be too busy is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'footfall-bundles-'))
  try {
    const written = await writeBundles(folder)
    expect(written.map(({ target }) => target.boardName)).toEqual(BOARD_NAMES)
    const page = await readFile(new URL('../../docs/firmware.md', import.meta.url), 'utf8')
    for (const { load, bytes, target } of written) {
      // the page's table was written from this program: node firmware/load/write-table.ts
      expect(page).toContain(await tableRow({ board: target.boardName }, target.rates[0]!))
      expect(load).toBeGreaterThan(0.1)
      expect(load).toBeLessThanOrEqual(MOST_LOAD)
      expect(bytes).toBeLessThanOrEqual(target.board.byteBudget)
    }
    await rm(folder, { recursive: true })
    const empty = await mkdtemp(join(tmpdir(), 'footfall-bundles-'))
    await expect(writeBundles(empty, { board: 'pico', imu: 'lsm6dsv320x' })).rejects.toThrow(
      /pod-pico-lsm6dsv320x would be busy 6\d % of its time at 480 Hz, its default: at most 60 %/,
    )
    expect(await readdir(empty)).toEqual([])
    await rm(empty, { recursive: true })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
