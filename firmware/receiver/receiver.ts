import { CRC_BYTES, HEADER_BYTES, headerWord0, headerWord1, TYPE_ACK } from '../../shared/frame.ts'
import type { EspruinoE, Pin, SerialDevice, SetTimer } from '../pod/espruino.d.ts'
import type { Radio, RadioCharacteristic, RadioDevice, RadioServer, RadioService } from './espruino.d.ts'
import { newReassembly, type Reassembly, reassemble } from './reassembly.ts'

declare const E: EspruinoE
declare const NRF: Radio
declare const USB: SerialDevice
declare const BTN1: Pin
declare const LED1: Pin
declare const setTimeout: SetTimer

/** Nordic's UART over Bluetooth: what is written to it, and what it says. */
const UART = '6e400001-b5a3-f393-e0a9-e50e24dcca9e'
const TO_POD = '6e400002-b5a3-f393-e0a9-e50e24dcca9e'
const FROM_POD = '6e400003-b5a3-f393-e0a9-e50e24dcca9e'

/** How long the console stays on the port after boot. */
const CONSOLE_MS = 3000
/** Three Ctrl-C in a row bring it back. */
const CONSOLE_BACK = '\x03\x03\x03'
/** Connections an nRF52840's interpreter can be built for. */
const MOST_PODS = 2
const SCAN_MS = 1000
/** The radio does one thing at a time: commands get their turn between two looks. */
const LOOK_EVERY_MS = 3000
const FASTEST_MS = 7.5
/** A write that fits the smallest packet. */
const PIECE = 20
const MAX_LINE = 120
/** In a frame of the receiver's own: no pod has this number, no stream is 0. */
const RECEIVER = 254

interface Linked {
  /** `null` until it can be written to. */
  toPod: RadioCharacteristic | null
  from: Reassembly
}

let linked: Linked[] = []
/** The radio's tasks, one behind the other. */
let radio: Promise<void> = Promise.resolve()
let looking = false
/** Samples flow: no more looking for pods that were not there. */
let streaming = false
let mostLinked = 0

function inTurn(task: () => Promise<unknown>): Promise<void> {
  radio = radio.then(task).then(
    () => {},
    () => {},
  )
  return radio
}

function pass(frame: Uint8Array): void {
  USB.write(frame)
}

function forget(link: Linked): void {
  linked = linked.filter((other) => other !== link)
  LED1.write(linked.length > 0)
}

function link(device: RadioDevice): Promise<void> {
  const link: Linked = { toPod: null, from: newReassembly() }
  let uart: RadioService
  device.on('gattserverdisconnected', () => forget(link))
  return device.gatt
    .connect({ minInterval: FASTEST_MS, maxInterval: FASTEST_MS })
    .then((server: RadioServer) => server.getPrimaryService(UART))
    .then((service) => {
      uart = service
      return uart.getCharacteristic(FROM_POD)
    })
    .then((fromPod) => {
      fromPod.on('characteristicvaluechanged', (event) => {
        reassemble(link.from, new Uint8Array(event.target.value.buffer), pass)
      })
      return fromPod.startNotifications()
    })
    .then(() => uart.getCharacteristic(TO_POD))
    .then((toPod) => {
      link.toPod = toPod
      linked.push(link)
      if (linked.length > mostLinked) mostLinked = linked.length
      LED1.write(true)
    })
}

/** Looks for one more pod, and again after a while. */
function look(): void {
  const wanted = streaming ? mostLinked : MOST_PODS
  if (linked.length < wanted && !looking) {
    looking = true
    void inTurn(() =>
      NRF.requestDevice({ filters: [{ services: [UART] }], timeout: SCAN_MS, active: true }).then(link),
    ).then(() => {
      looking = false
    })
  }
  setTimeout(look, LOOK_EVERY_MS)
}

function send(to: Linked, line: string): void {
  for (let at = 0; at < line.length; at += PIECE) {
    const piece = line.substring(at, at + PIECE)
    void inTurn(() => to.toPod!.writeValue(piece))
  }
}

/** Says no in a pod's stead. */
function refuse(id: string, error: string): void {
  let text = JSON.stringify({ id: Number(id), ok: false, error })
  while (text.length & 3) text += ' '
  const words = new Uint32Array((HEADER_BYTES + text.length + CRC_BYTES) >> 2)
  const body = new Uint8Array(words.buffer, 0, HEADER_BYTES + text.length)
  words[0] = headerWord0(TYPE_ACK, RECEIVER)
  words[1] = headerWord1(text.length, 0, 0)
  body.set(E.toUint8Array(text), HEADER_BYTES)
  words[words.length - 1] = E.CRC32(body)
  USB.write(words.buffer)
}

/** What is said goes to every pod, but for what only one can mean. */
function obey(line: string): void {
  const words = line.split(' ')
  const verb = words[0]!
  if (verb === 'start') streaming = true
  if (verb === 'stop') streaming = false
  if (verb === 'set' && linked.length > 1) {
    refuse(words[1]!, 'two pods share this port: set one while the other is switched off')
    return
  }
  linked.forEach((link) => {
    if (verb !== 'resend' || line.indexOf(` stream=${link.from.stream} `) > 0) send(link, `${line}\n`)
  })
}

let text = ''

function hear(chunk: string): void {
  text += chunk
  if (text.indexOf(CONSOLE_BACK) >= 0) {
    text = ''
    E.setConsole(USB, { force: true })
  }
  let end = text.indexOf('\n')
  while (end >= 0) {
    if (end <= MAX_LINE) obey(text.substring(0, end).trim())
    text = text.substring(end + 1)
    end = text.indexOf('\n')
  }
  if (text.length > MAX_LINE) text = ''
}

/** Takes the port away from the console and becomes a receiver. */
function begin(): void {
  E.setConsole(null, { force: true })
  NRF.setTxPower(4)
  USB.on('data', hear)
  look()
}

// Held at boot, it stays what it was before: a console.
if (!BTN1.read()) setTimeout(begin, CONSOLE_MS)
