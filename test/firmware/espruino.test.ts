import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Lsm6ds3trc } from '../../firmware/virtual/lsm6ds3trc.ts'
import { EspruinoMachine } from '../../firmware/virtual/machine.ts'
import { Transmitter } from '../../firmware/virtual/transmitter.ts'
import { still } from './rig.ts'

/** Runs a program and returns what it wrote to the port as text. */
function run(code: string, seconds = 1, oscillatorPpm = 0) {
  const machine = new EspruinoMachine({
    board: 'xiao-nrf52840-sense',
    code: `setTimeout(() => {${code}}, 1)`,
    imu: new Lsm6ds3trc(still),
    serial: 's',
    oscillatorPpm,
  })
  const bytes: number[] = []
  machine.onBytes((chunk) => bytes.push(...chunk))
  machine.advanceTo(seconds)
  return { bytes, text: String.fromCharCode(...bytes), errors: machine.errors.map(String), machine }
}

test('a typed array is written one byte an element; its buffer, a string and a byte array whole', () => {
  expect(run('USB.write(new Int16Array([258, 3]))').bytes).toEqual([2, 3])
  expect(run('USB.write(new Int16Array([258, 3]).buffer)').bytes).toEqual([2, 1, 3, 0])
  expect(run('USB.write("a\\xff")').bytes).toEqual([97, 255])
  expect(run('USB.write(new Uint8Array([1,2,3]).subarray(1))').bytes).toEqual([2, 3])
})

test('a typed array’s slice is a plain array, and set past the end is cut', () => {
  expect(
    run('let s=new Uint8Array([1,2,3]).slice(1);USB.write(s instanceof Uint8Array?"typed":"plain")').text,
  ).toBe('plain')
  expect(run('let a=new Uint8Array(3);a.set([1,2,3,4],1);USB.write(a)').bytes).toEqual([0, 1, 2])
})

test.each([
  'new Map()',
  'new Set()',
  'Symbol()',
  'Math.trunc(1)',
  'Math.hypot(1,2)',
  'Array.from([])',
  'Object.freeze({})',
  'BigInt(1)',
  '[1].flat()',
])('%s throws, as there', (code) => {
  expect(run(code).errors).toHaveLength(1)
})

test('CRC32 is zlib’s', () => {
  expect(run('USB.write(""+E.CRC32(new Uint8Array([49,50,51,52,53,54,55,56,57])))').text).toBe(
    String(0xcbf43926),
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(run(`USB.write(""+E.CRC32(new Uint8Array([${bytes}])))`).text).toBe(String(crc32(bytes)))
    }),
    { numRuns: 20 },
  )
})

test('an exception is kept for the program to count, and the interval that threw goes on', () => {
  const { text, errors } = run(
    'let n=0;process.on("uncaughtException",()=>n++);setInterval(()=>{throw new Error("x")},10);setTimeout(()=>USB.write(""+n),105)',
  )
  expect(text).toBe('10')
  expect(errors).toEqual([])
})

test('the board’s clock gains by its oscillator’s error and steps by 1/32768 s', () => {
  const timeAfter = (ppm: number): number =>
    Number(run('let t=getTime();setTimeout(()=>USB.write((getTime()-t).toFixed(9)),1000)', 2, ppm).text)
  expect(timeAfter(0)).toBeCloseTo(1, 4)
  const { machine } = run('', 1)
  expect(machine.timeS).toBe(1)
  // An interval of the program's is as wrong as its clock; against true time it is early.
  const ticks = (ppm: number): number => run('setInterval(()=>USB.write("."),100)', 1000, ppm).text.length
  expect(ticks(1000) - ticks(0)).toBe(10)
  const steps = Number(run('USB.write(""+(getTime()*32768)%1)', 1).text)
  expect(steps).toBe(0)
})

test('a missed watchdog starts the program anew; a kicked one does not', () => {
  expect(run('E.enableWatchdog(2,false)', 7).machine.boots).toBe(4)
  expect(run('E.enableWatchdog(2,false);setInterval(()=>E.kickWatchdog(),1000)', 7).machine.boots).toBe(1)
  expect(run('E.enableWatchdog(2,true)', 7).machine.boots).toBe(1)
})

test('bytes are dropped while nobody is connected', () => {
  const wire = new Transmitter(1000, 100)
  expect(wire.write(new Uint8Array(500), 1)).toBe(1)
  const heard: number[] = []
  const disconnect = wire.onBytes((bytes) => heard.push(bytes.length))
  wire.write(new Uint8Array(10), 2)
  wire.deliver(3)
  disconnect()
  wire.write(new Uint8Array(20), 3)
  wire.deliver(4)
  expect(heard).toEqual([10])
})

test('a write waits for room in the queue, and bytes leave at the wire’s rate', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 }), (sizes) => {
      const wire = new Transmitter(1000, 128)
      const doneS: number[] = []
      wire.onBytes((_bytes, timeS) => doneS.push(timeS))
      let nowS = 0
      let total = 0
      for (const size of sizes) {
        nowS = wire.write(new Uint8Array(size), nowS)
        total += size
        // At most a queueful is still to go when the call comes back.
        expect(total / 1000 - nowS).toBeLessThanOrEqual(0.128 + 1e-9)
      }
      wire.deliver(Number.POSITIVE_INFINITY)
      expect(doneS.at(-1)).toBeCloseTo(total / 1000, 9)
      expect(doneS).toEqual([...doneS].sort((a, b) => a - b))
    }),
  )
})
