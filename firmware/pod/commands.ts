import { TYPE_TIME } from '../../shared/frame.ts'
import { board } from './board.ts'
import { counters } from './counters.ts'
import type { ClearTimer, EspruinoE, SerialDevice, SetTimer } from './espruino.d.ts'
import { deviceTimeUs, numberFrames, sendFrame, stream } from './frames.ts'
import { sendAck, sendHello } from './report.ts'
import { resend } from './resend.ts'
import { IMU_SILENT, selfTest } from './self-test.ts'
import { changeSettings } from './settings.ts'
import { isStreaming, startStream, stopStream } from './stream.ts'

declare const E: EspruinoE
declare const setTimeout: SetTimer
declare const setInterval: SetTimer
declare const clearTimeout: ClearTimer
declare const clearInterval: ClearTimer

const MAX_LINE = 120
const BLINK_MS = 125
const BLINKS_MS = 5000
/** Three Ctrl-C in a row: nothing a host says by accident, and what brings the console back to the data port. */
const CONSOLE_BACK = '\x03\x03\x03'

/** A self-test takes 1.2 s; one that has not ended by now never will. */
const SELF_TEST_MS = 3000

type Arguments = Record<string, string>

let testing = false

function answer(id: number, error: string): void {
  if (error) sendAck({ id, ok: false, error })
  else sendAck({ id, ok: true })
}

function identify(): void {
  let lit = 0
  const blink = setInterval(() => {
    lit = 1 - lit
    board.led.write(lit)
  }, BLINK_MS)
  setTimeout(() => {
    clearInterval(blink)
    board.led.write(0)
  }, BLINKS_MS)
}

function set(args: Arguments): string {
  if (isStreaming() && (args.rateHz || args.accelG || args.gyroDps || args.cal))
    return 'streaming: stop first'
  const problem = changeSettings(args)
  if (problem) return problem
  numberFrames(stream.imu)
  sendHello()
  return ''
}

function test(id: number): void {
  let guard = 0
  function finish(problem: string): void {
    clearTimeout(guard)
    testing = false
    answer(id, problem)
  }
  testing = true
  guard = setTimeout(() => finish(IMU_SILENT), SELF_TEST_MS)
  selfTest(finish)
}

function ping(args: Arguments, readUs: number): void {
  const words = new Uint32Array(3)
  words[0] = Number(args.token)
  words[1] = readUs
  sendFrame(TYPE_TIME, new Uint8Array(words.buffer))
}

/** Does one command and answers it; `null` when the answer comes later or is none. */
function perform(verb: string, id: number, args: Arguments, readUs: number): string | null {
  if (testing && verb !== 'ping' && verb !== 'hello') return 'the self-test is running'
  switch (verb) {
    case 'hello':
      sendHello()
      return ''
    case 'identify':
      identify()
      return ''
    case 'start':
      startStream()
      sendHello()
      return ''
    case 'stop':
      stopStream()
      return ''
    case 'set':
      return set(args)
    case 'ping':
      ping(args, readUs)
      return null
    case 'resend':
      return resend(id, Number(args.stream), Number(args.from), Number(args.count)) || null
    case 'selftest':
      if (isStreaming()) return 'streaming: stop first'
      test(id)
      return null
    default:
      counters.commandErrors++
      return `no command ${verb}`
  }
}

/** `verb id key=value …`. Without a number it cannot be answered, only counted. */
function obey(line: string, readUs: number): void {
  const words = line.trim().split(' ')
  const id = Number(words[1])
  if (!(id >= 0)) {
    counters.commandErrors++
    return
  }
  const args: Arguments = {}
  for (let i = 2; i < words.length; i++) {
    const pair = words[i]!.split('=')
    args[pair[0]!] = pair[1]!
  }
  let error: string | null
  try {
    error = perform(words[0]!, id, args, readUs)
  } catch (_) {
    counters.imuErrors++
    error = IMU_SILENT
  }
  if (error !== null) answer(id, error)
}

let text = ''
/** The line that is coming in is too long already: what is left of it is thrown away. */
let tooLong = false

/** Takes a chunk of the port's characters, as it comes. */
function hear(chunk: string): void {
  const readUs = deviceTimeUs()
  text += chunk
  if (text.indexOf(CONSOLE_BACK) >= 0) {
    stopStream()
    E.enableWatchdog(5, true)
    E.setConsole(board.port, { force: true })
    text = ''
  }
  let end = text.indexOf('\n')
  while (end >= 0) {
    const line = text.substring(0, end)
    text = text.substring(end + 1)
    if (tooLong || line.length > MAX_LINE) counters.commandErrors++
    else obey(line, readUs)
    tooLong = false
    end = text.indexOf('\n')
  }
  if (text.length > MAX_LINE) {
    text = ''
    tooLong = true
  }
}

export function listen(port: SerialDevice): void {
  port.on('data', hear)
}
