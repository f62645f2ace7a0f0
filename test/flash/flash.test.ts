import { tmpdir } from 'node:os'
import { Duplex } from 'node:stream'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { buildFirmware } from '../../firmware/build/build.ts'
import { openPty } from '../../firmware/virtual/pty.ts'
import { type FlashJob, flash } from '../../host/flash/flash.ts'
import type { FlashProblem } from '../../host/flash/flash-error.ts'
import { HostClock } from '../../host/link/host-clock.ts'
import { footfall } from '../cli/run.ts'
import { until } from '../shared/until.ts'
import { type BoardOptions, EspruinoBoard } from './espruino-board.ts'

let code = ''
beforeAll(async () => {
  code = (await buildFirmware('xiao-nrf52840-sense')).code
})

const job = (more: Partial<FlashJob> = {}): FlashJob => ({ code, boards: ['XIAOBLE'], ...more })
/** A clock on which waiting goes ten times as fast. */
const SPEED = 10
const clock = new HostClock(
  () => SPEED * performance.now(),
  (ms, run) => {
    const timer = setTimeout(run, ms / SPEED)
    return () => clearTimeout(timer)
  },
)
const OLD = 'setInterval(function(){},1000)'

function plug(options: BoardOptions = {}, speed = 1) {
  const board = new EspruinoBoard(options, speed)
  const port = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      board.receive(chunk)
      done()
    },
  })
  const disconnect = board.onBytes((bytes) => port.push(Buffer.from(bytes)))
  port.once('close', disconnect)
  onTestFinished(() => {
    board.stop()
    port.destroy()
  })
  return { board, port }
}

describe('a board that is right', () => {
  test('gets the program whole, checked, with nothing left beside it, and starts it', async () => {
    const { board, port } = plug({ files: { '.bootcde': OLD, 'footfall.json': '{"place":"left-shin"}' } })
    const shares: number[] = []
    const found = await flash(port, job({ onProgress: (share) => shares.push(share) }), clock)
    expect(found).toEqual({ board: 'XIAOBLE', version: '2v29', revision: null })
    expect([...board.files.keys()].sort()).toEqual(['.bootcde', 'footfall.json'])
    expect(board.files.get('.bootcde')).toBe(code)
    expect(shares.length).toBeGreaterThan(15)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    // nothing that is sent overruns what an nRF52 can have waiting
    expect(Math.max(...board.lines.map((line) => line.length))).toBeLessThan(1000)
    await until(() => board.pod !== null)
  })

  test('whose pod’s program runs lets go of the console', async () => {
    const { board, port } = plug({ files: { '.bootcde': code }, running: true }, 20)
    while (board.pod?.machine.consoleOnPort) await new Promise((resolve) => setTimeout(resolve, 20))
    await flash(port, job(), clock)
    expect(board.files.get('.bootcde')).toBe(code)
  })

  test('with a flash full of erased files makes room', async () => {
    const { board, port } = plug({ flashBytes: 2 * code.length + 200, files: { '.bootcde': OLD } })
    await flash(port, job(), clock)
    expect(board.files.get('.bootcde')).toBe(code)
  })
})

describe('what can go wrong: each says what to do, and what is on the board', () => {
  const KEPT = /Nothing was changed: the board still has what it had$/

  async function failing(options: BoardOptions, more: Partial<FlashJob> = {}) {
    const { board, port } = plug({ files: { '.bootcde': OLD }, ...options })
    const error = await flash(port, job(more), clock).then(
      () => null,
      (thrown: Error & { problem: FlashProblem }) => thrown,
    )
    return { board, problem: error?.problem, message: error?.message ?? '' }
  }

  test.each<[string, BoardOptions, Partial<FlashJob>, FlashProblem, RegExp]>([
    [
      'another board',
      { env: { BOARD: 'PUCKJS' } },
      {},
      'board',
      /calls itself PUCKJS, and the program is for XIAOBLE: choose another --board/,
    ],
    [
      'a revision without an IMU',
      { env: { HWVERSION: 1 } },
      { revision: 2 },
      'board',
      /revision 1 and has no IMU: revision 2 or later/,
    ],
    [
      'an old interpreter',
      { env: { VERSION: '2v19.1' } },
      {},
      'old',
      /Espruino 2v19\.1 is too old, 2v29 or later is needed: update/,
    ],
    [
      'a full flash',
      { flashBytes: 9000 },
      {},
      'full',
      /flash is full: \d+ bytes are free and \d+ are needed\. Erase files/,
    ],
    [
      'another program that starts by itself',
      { files: { '.bootcde': OLD, '.varimg': 'x' } },
      {},
      'occupied',
      /also starts \.varimg.*Storage"\)\.erase\("\.varimg"\)/,
    ],
    ['a password', { password: 'secret' }, {}, 'locked', /locked by a password.*E\.setPassword\(\)/],
    [
      'damage on the way',
      { corrupt: (text, at) => (at === 384 ? `~${text.slice(1)}` : text) },
      {},
      'damaged',
      /read back is not what was sent: use another cable/,
    ],
    [
      'a flash that is worn out',
      {
        corrupt: () => {
          throw new Error('flash write failed')
        },
      },
      {},
      'refused',
      /interpreter refused: Error: flash write failed/,
    ],
  ])('%s', async (_name, options, more, problem, says) => {
    const failed = await failing(options, more)
    expect(failed.problem).toBe(problem)
    expect(failed.message).toMatch(says)
    expect(failed.message).toMatch(KEPT)
    expect(failed.board.files.get('.bootcde')).toBe(OLD)
  })

  test('nothing there', async () => {
    const failed = await failing({ diesAfter: 0 })
    expect(failed.problem).toBe('absent')
    expect(failed.message).toMatch(/nothing answers on this port: .*hold the button/)
    expect(failed.message).toMatch(KEPT)
  }, 20_000)

  test('a pod’s program that has taken the console and does not hear', async () => {
    const { board, port } = plug({ files: { '.bootcde': code }, running: true, diesAfter: 0 }, 20)
    while (board.pod?.machine.consoleOnPort) await new Promise((resolve) => setTimeout(resolve, 20))
    await expect(flash(port, job(), clock)).rejects.toThrow(
      /a pod’s program keeps the console.*hold the button/,
    )
  }, 20_000)

  test('a board that dies while it is written', async () => {
    const failed = await failing({ diesAfter: 4000 })
    expect(failed.problem).toBe('silent')
    expect(failed.message).toMatch(
      /stopped answering: check cable, battery and distance\. Nothing was changed/,
    )
  }, 30_000)

  test('unplugged while it is written, and while it is put in its place', async () => {
    for (const [share, left] of [
      [0.5, KEPT],
      [1, /The board has no whole program now: run this again/],
    ] as const) {
      const { board, port } = plug({ files: { '.bootcde': OLD } })
      const flashed = flash(
        port,
        job({
          onProgress: (at, doing) => at >= share && (share < 1 || doing !== 'writing') && port.destroy(),
        }),
        clock,
      )
      await expect(flashed).rejects.toThrow(/the port went away in the middle: plug the board in again/)
      await expect(flashed).rejects.toThrow(left)
      if (share < 1) expect(board.files.get('.bootcde')).toBe(OLD)
    }
  })

  test('run again, what was left half-sent is of no harm', async () => {
    const { board, port } = plug({ files: { '.bootcde': OLD, 'footfall.new': 'half of it' } })
    await flash(port, job(), clock)
    expect([...board.files.keys()]).toEqual(['.bootcde'])
    expect(board.files.get('.bootcde')).toBe(code)
  })
})

describe('the command, through a real pseudo-terminal', () => {
  test('from an empty board to a pod that says hello', async () => {
    const board = new EspruinoBoard({}, 2)
    const pty = await openPty(board)
    onTestFinished(async () => {
      board.stop()
      await pty.close()
    })
    const ran = await footfall(
      tmpdir(),
      ...['firmware', 'flash', '--port', pty.path, '--board', 'xiao-nrf52840-sense'],
    )
    expect(ran.stderr).toContain(`${code.length} bytes are in its flash and were read back whole`)
    expect(ran).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^pod c0ffee: firmware \S+ for xiao-nrf52840-sense, lsm6ds3tr-c, on Espruino 2v29, no place yet \(footfall pods place\)\n$/,
      ),
    })
  })

  test('a call that makes no sense', async () => {
    const call = (...args: string[]) => footfall(tmpdir(), 'firmware', 'flash', ...args)
    const [help, noBoard, nowhere, wrongImu] = await Promise.all([
      call('--help'),
      call('--port', '/dev/nowhere'),
      call('--port', '/dev/nowhere', '--board', 'puckjs-v2'),
      call('--port', '/dev/nowhere', '--board', 'puckjs-v2', '--imu', 'lsm6dsv320x'),
    ])
    expect(help.stdout).toMatch(/Examples:\n {2}\$ footfall firmware flash/)
    for (const ran of [noBoard, wrongImu]) expect(ran).toMatchObject({ code: 2, stdout: '' })
    expect(noBoard.stderr).toContain('--board')
    expect(wrongImu!.stderr).toContain('it can have lsm6ds3tr-c')
    expect(nowhere).toMatchObject({ code: 1, stdout: '' })
    expect(nowhere!.stderr).toContain('/dev/nowhere')
  })
})
