import type { Duplex } from 'node:stream'
import { crc32 } from 'node:zlib'
import { HostClock } from '../link/host-clock.ts'
import { EspruinoConsole } from './console.ts'
import { FlashError } from './flash-error.ts'

/** The program is run from here at every boot, unless the button is held. */
const BOOT_FILE = '.bootcde'
/** Where it is put together before the old one is touched. */
const NEW_FILE = 'footfall.new'
/** Other files that start by themselves and would run beside it. */
const OTHER_STARTERS = [
  '.bootrst',
  '.bootFirst',
  '.bootPowerOn',
  '.boot0',
  '.boot1',
  '.boot2',
  '.boot3',
  '.varimg',
]
/** Characters a line carries: with what stands around them they fit the 1024 bytes an nRF52 can have waiting. */
const CHUNK = 384
/** Flash a file takes beside its content. */
const FILE_OVERHEAD = 64
/** The interpreter the programs were written for, and run on its Linux build. */
const OLDEST = { major: 2, minor: 29 }
const ANSWER_TRIES = 3
const RESET_MS = 700
/** Making room in flash erases pages; copying writes them. */
const FLASH_MS = 20_000

export interface FlashJob {
  /** The program, ASCII. */
  code: string
  /** Which boards it is for, as the interpreter names them in `process.env.BOARD`. */
  boards: readonly string[]
  /** Least `process.env.HWVERSION`, where a board's revisions differ. */
  revision?: number
  /** @param share 0…1 */
  onProgress?: (share: number, doing: string) => void
}

export interface Interpreter {
  board: string
  version: string
  revision: number | null
}

const LOST_NOTHING = 'Nothing was changed: the board still has what it had'

/**
 * Puts a program into a board's flash over its console: whole under another name first, checked there, then in the place from which it
 * boots, checked again, and started. Until the last but one step the board keeps what it had.
 * @param port open, and read by nobody else
 * @param clock what is waited on
 * @throws FlashError that says what to do, and what is on the board now
 */
export async function flash(port: Duplex, job: FlashJob, clock = new HostClock()): Promise<Interpreter> {
  const console = new EspruinoConsole(port, clock)
  const say = job.onProgress ?? (() => {})
  let onBoard = LOST_NOTHING
  try {
    say(0, 'asking the board')
    const interpreter = await introduce(console)
    requireFit(interpreter, job)
    await silence(console)
    await requireAlone(console)
    await makeRoom(console, job.code.length)
    await upload(console, job.code, say)
    onBoard = `The board has no whole program now: run this again before you use it, and hold the button while switching it on if it does not answer`
    say(1, 'putting it in its place')
    await install(console, job.code)
    console.run('load()')
    return interpreter
  } catch (error) {
    if (!(error instanceof FlashError)) throw error
    throw new FlashError(error.problem, `${remedied(error)}. ${onBoard}`)
  } finally {
    console.release()
  }
}

/** The problems that can come up at any step. */
function remedied({ problem, message }: FlashError): string {
  switch (problem) {
    case 'silent':
      return 'the board stopped answering: check cable, battery and distance'
    case 'gone':
      return 'the port went away in the middle: plug the board in again'
    case 'refused':
      return `the interpreter refused: ${message}`
    default:
      return message
  }
}

/** Gets the console, whatever runs, and asks who is there. */
async function introduce(console: EspruinoConsole): Promise<Interpreter> {
  for (let n = 1; ; n++) {
    await console.interrupt()
    try {
      return await console.ask<Interpreter>(
        '{board:process.env.BOARD,version:process.env.VERSION,revision:process.env.HWVERSION||null}',
        1500,
      )
    } catch (error) {
      if (!(error instanceof FlashError) || error.problem !== 'silent') throw error
      if (n === ANSWER_TRIES) throw nobody(console)
    }
  }
}

function nobody(console: EspruinoConsole): FlashError {
  switch (console.impression) {
    case 'locked':
      return new FlashError(
        'locked',
        'the console is locked by a password: connect with the Espruino IDE, enter it, run E.setPassword(), save(), and try again',
      )
    case 'pod':
      return new FlashError(
        'busy',
        'a pod’s program keeps the console and does not let go: hold the button while switching the board on, and try again',
      )
    case 'noise':
      return new FlashError(
        'busy',
        'something talks on this port but does not answer as Espruino does: a program holds the console (hold the button while switching on), ' +
          'another program has the port open, or it is another device',
      )
    case 'nothing':
      return new FlashError(
        'absent',
        'nothing answers on this port: is it the board’s, does the cable carry data, is Espruino on it? ' +
          'If a program holds the console, hold the button while switching on',
      )
  }
}

function requireFit({ board, version, revision }: Interpreter, job: FlashJob): void {
  if (!job.boards.includes(board))
    throw new FlashError(
      'board',
      `this board calls itself ${board}, and the program is for ${job.boards.join(' or ')}: choose another --board, or another port`,
    )
  if (job.revision !== undefined && (revision ?? 0) < job.revision)
    throw new FlashError(
      'board',
      `this ${board} is revision ${revision ?? 'unknown'} and has no IMU: revision ${job.revision} or later is needed`,
    )
  const [, major, minor] = (/^(\d+)v(\d+)/.exec(version) ?? [0, 0, 0]).map(Number) as [number, number, number]
  if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor))
    throw new FlashError(
      'old',
      `Espruino ${version} is too old, ${OLDEST.major}v${OLDEST.minor} or later is needed: update the interpreter first (espruino.com/Download)`,
    )
}

/** Stops all that runs, and waits until the interpreter is there again. */
async function silence(console: EspruinoConsole): Promise<void> {
  console.run('reset()')
  await console.wait(RESET_MS)
  for (let n = 1; ; n++)
    try {
      await console.ask('1', 1500)
      return
    } catch (error) {
      if (n === ANSWER_TRIES) throw error
    }
}

async function requireAlone(console: EspruinoConsole): Promise<void> {
  const files = await console.ask<string[]>('require("Storage").list()')
  const others = files.filter((file) => OTHER_STARTERS.includes(file))
  if (others.length > 0)
    throw new FlashError(
      'occupied',
      `the board also starts ${others.join(', ')}, which would run beside the pod’s program: save what you need of it, ` +
        `then in the Espruino IDE ${others.map((file) => `require("Storage").erase("${file}")`).join(', ')}`,
    )
}

async function makeRoom(console: EspruinoConsole, bytes: number): Promise<void> {
  await console.ask(`require("Storage").erase("${NEW_FILE}")`)
  const needed = 2 * (bytes + FILE_OVERHEAD)
  let free = await console.ask<number>('require("Storage").getFree()')
  if (free >= needed) return
  await console.ask('require("Storage").compact()', FLASH_MS)
  free = await console.ask<number>('require("Storage").getFree()')
  if (free < needed)
    throw new FlashError(
      'full',
      `the board’s flash is full: ${free} bytes are free and ${needed} are needed. Erase files you do not need: in the Espruino IDE, ` +
        'require("Storage").list(), then require("Storage").erase("NAME")',
    )
}

async function upload(
  console: EspruinoConsole,
  code: string,
  say: (share: number, doing: string) => void,
): Promise<void> {
  for (let at = 0; at < code.length; at += CHUNK) {
    const chunk = JSON.stringify(code.slice(at, at + CHUNK))
    await written(console, `require("Storage").write("${NEW_FILE}",${chunk},${at},${code.length})`)
    say(Math.min(1, (at + CHUNK) / code.length), 'writing')
  }
  await requireWhole(console, NEW_FILE, code)
}

/** Copies piece by piece, through RAM: not every board can write flash from flash. */
async function install(console: EspruinoConsole, code: string): Promise<void> {
  await console.ask(`require("Storage").erase("${BOOT_FILE}")`, FLASH_MS)
  await written(
    console,
    `(function(s,i,ok){for(i=0;i<${code.length};i+=${CHUNK})ok=s.write("${BOOT_FILE}",""+s.read("${NEW_FILE}",i,${CHUNK}),i,${code.length})&&ok;return ok})(require("Storage"),0,true)`,
  )
  await requireWhole(console, BOOT_FILE, code)
  await console.ask(`require("Storage").erase("${NEW_FILE}")`)
}

async function written(console: EspruinoConsole, expression: string): Promise<void> {
  if ((await console.ask<boolean>(expression, FLASH_MS)) !== true)
    throw new FlashError('full', 'the board could not write its flash: it may be full or worn out')
}

async function requireWhole(console: EspruinoConsole, file: string, code: string): Promise<void> {
  const there = await console.ask<number>(`E.CRC32(require("Storage").read("${file}"))`)
  if (there >>> 0 !== crc32(code))
    throw new FlashError(
      'damaged',
      'what was read back is not what was sent: use another cable, and run this again',
    )
}
