import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Lsm6ds3trc } from '../../firmware/virtual/lsm6ds3trc.ts'
import type { WornImu } from '../../firmware/virtual/worn.ts'
import { DEG, GRAVITY } from '../../shared/imu.ts'
import { still } from './rig.ts'

/** Steady: 1 g up, 100 °/s about x. */
const turning: WornImu = {
  sampleAt(_timeS, out) {
    out.fill(0)
    out[2] = GRAVITY
    out[3] = 100 * DEG
  },
}

const read = (imu: Lsm6ds3trc, register: number, count: number, timeS: number) =>
  imu.read(register, new Uint8Array(count), timeS)
const int16s = (bytes: Uint8Array) => [...new Int16Array(bytes.slice().buffer)]

/** Both sensors at 416 Hz, ±16 g and ±2000 °/s, FIFO continuous; on from time 0. */
function running(worn: WornImu, odrError = 0): Lsm6ds3trc {
  const imu = new Lsm6ds3trc(worn, { odrError })
  imu.write(0x10, 0x64, 0)
  imu.write(0x11, 0x6c, 0)
  imu.write(0x08, 0x09, 0)
  imu.write(0x0a, 0x36, 0)
  return imu
}

function level(imu: Lsm6ds3trc, timeS: number) {
  const s = read(imu, 0x3a, 4, timeS)
  return {
    words: s[0]! | ((s[1]! & 7) << 8),
    empty: (s[1]! & 0x10) > 0,
    full: (s[1]! & 0x20) > 0,
    overrun: (s[1]! & 0x40) > 0,
    watermark: (s[1]! & 0x80) > 0,
    pattern: s[2]! | (s[3]! << 8),
  }
}

test('after power-on: WHO_AM_I 0x6A, CTRL3_C 0x04, sensors off, FIFO empty', () => {
  const imu = new Lsm6ds3trc(turning)
  expect([...read(imu, 0x0f, 1, 1)]).toEqual([0x6a])
  expect([...read(imu, 0x10, 3, 1)]).toEqual([0, 0, 0x04])
  expect(int16s(read(imu, 0x22, 12, 1))).toEqual([0, 0, 0, 0, 0, 0])
  expect(level(imu, 1)).toMatchObject({ words: 0, empty: true, overrun: false })
})

test('SW_RESET brings every register back', () => {
  const imu = running(turning)
  imu.write(0x12, 0x01, 1)
  expect([...read(imu, 0x10, 3, 1)]).toEqual([0, 0, 0x04])
  expect(level(imu, 2).words).toBe(0)
})

// Data sheet table 3: 0.061, 0.122, 0.244, 0.488 mg/LSB; 4.375, 8.75, 17.5, 35, 70 mdps/LSB.
test.each([
  ['±2 g', 0x10, 0x60, 0x28, 4, 1000 / 0.061],
  ['±4 g', 0x10, 0x68, 0x28, 4, 1000 / 0.122],
  ['±8 g', 0x10, 0x6c, 0x28, 4, 1000 / 0.244],
  ['±16 g', 0x10, 0x64, 0x28, 4, 1000 / 0.488],
  ['±125 °/s', 0x11, 0x62, 0x22, 0, 100_000 / 4.375],
  ['±250 °/s', 0x11, 0x60, 0x22, 0, 100_000 / 8.75],
  ['±500 °/s', 0x11, 0x64, 0x22, 0, 100_000 / 17.5],
  ['±1000 °/s', 0x11, 0x68, 0x22, 0, 100_000 / 35],
  ['±2000 °/s', 0x11, 0x6c, 0x22, 0, 100_000 / 70],
])('%s has the data sheet’s sensitivity', (_name, control, setting, output, at, lsb) => {
  const imu = new Lsm6ds3trc(turning)
  imu.write(control, setting, 0)
  expect(int16s(read(imu, output, 6, 1))[at / 2]).toBe(Math.round(lsb))
})

test('what is beyond the range saturates at int16 and does not wrap', () => {
  const hard: WornImu = {
    sampleAt(_t, out) {
      out.set([40 * GRAVITY, -40 * GRAVITY, 0, 5000 * DEG, -5000 * DEG, 0])
    },
  }
  const [gx, gy, , ax, ay] = int16s(read(running(hard), 0x22, 12, 1))
  expect([gx, gy, ax, ay]).toEqual([32767, -32768, 32767, -32768])
})

test('temperature: 256 LSB/°C, 0 at 25 °C', () => {
  const imu = new Lsm6ds3trc(still, { temperatureC: 36.5 })
  expect(int16s(read(imu, 0x20, 2, 1))).toEqual([(36.5 - 25) * 256])
})

test('STATUS_REG says once that a sample is new', () => {
  const imu = running(still)
  expect(read(imu, 0x1e, 1, 0.01)[0]! & 3).toBe(3)
  read(imu, 0x22, 12, 0.01)
  expect(read(imu, 0x1e, 1, 0.01)[0]! & 3).toBe(0)
  expect(read(imu, 0x1e, 1, 0.02)[0]! & 3).toBe(3)
})

test('the FIFO fills at the true output rate, gyroscope first', () => {
  const imu = running(turning, 0.03)
  expect(level(imu, 0.5).words).toBe(6 * Math.floor(0.5 * 416 * 1.03))
  expect(int16s(read(imu, 0x3e, 12, 0.5))).toEqual([1429, 0, 0, 0, 0, 2049])
})

test('pattern counts the words of a sample and a burst read goes round 0x3E and 0x3F', () => {
  const imu = running(turning)
  imu.advanceTo(0.1)
  for (let word = 0; word < 12; word++) {
    expect(level(imu, 0.1).pattern).toBe(word % 6)
    read(imu, 0x3e, 2, 0.1)
  }
})

test('decimation: accelerometer every second sample makes a pattern of nine', () => {
  const imu = new Lsm6ds3trc(turning)
  imu.write(0x10, 0x64, 0)
  imu.write(0x11, 0x6c, 0)
  imu.write(0x08, (1 << 3) | 2, 0)
  imu.write(0x0a, 0x36, 0)
  imu.advanceTo(0.1)
  const seen: number[] = []
  for (let word = 0; word < 18; word++) {
    seen.push(level(imu, 0.1).pattern)
    read(imu, 0x3e, 2, 0.1)
  }
  expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8])
})

test('watermark rises at its threshold', () => {
  const imu = running(still)
  imu.write(0x06, 120, 0)
  expect(level(imu, 19.5 / 416).watermark).toBe(false)
  expect(level(imu, 20.5 / 416).watermark).toBe(true)
})

test('4 kB hold 341 samples; then, in continuous mode, the oldest words go', () => {
  const imu = running(still)
  expect(level(imu, 341.5 / 416)).toMatchObject({ words: 2046, overrun: false, full: true })
  // 2052 words do not fit: four are gone, and the oldest left is word 4 of its sample.
  expect(level(imu, 342.5 / 416)).toEqual({
    words: 0, // 2048 in eleven bits
    empty: false,
    full: true,
    overrun: true,
    watermark: true,
    pattern: 4,
  })
  read(imu, 0x3e, 4, 342.5 / 416)
  expect(level(imu, 342.5 / 416)).toMatchObject({ words: 2046, overrun: false, pattern: 0 })
})

test('bypass mode empties it', () => {
  const imu = running(still)
  imu.advanceTo(0.5)
  imu.write(0x0a, 0, 0.5)
  expect(level(imu, 0.5)).toMatchObject({ words: 0, empty: true, pattern: 0 })
})

test('self-test bits shift each axis by the force and only that sensor', () => {
  const imu = running(still)
  const before = int16s(read(imu, 0x22, 12, 1))
  imu.write(0x14, 0x01, 1)
  const pushed = int16s(read(imu, 0x22, 12, 2)).map((v, i) => v - before[i]!)
  expect(pushed.slice(0, 3)).toEqual([0, 0, 0])
  for (const change of pushed.slice(3)) expect(Math.abs(change - 400 / 0.488)).toBeLessThanOrEqual(1)
  imu.write(0x14, 0x04, 2)
  const turned = int16s(read(imu, 0x22, 12, 3)).map((v, i) => v - before[i]!)
  expect(turned.slice(3)).toEqual([0, 0, 0])
  for (const change of turned.slice(0, 3)) expect(Math.abs(change - 400 / 0.07)).toBeLessThanOrEqual(1)
})

test('however it is read, words come out in order and none is lost', () => {
  const ramp: WornImu = {
    sampleAt(timeS, out) {
      out.fill(0)
      out[3] = Math.round(timeS * 416) * 0.07 * DEG
    },
  }
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 30 }), (sizes) => {
      const imu = running(ramp)
      const seen: number[] = []
      let timeS = 0
      for (const samples of sizes) {
        timeS += samples / 416
        const words = level(imu, timeS + 1e-6).words
        const values = int16s(read(imu, 0x3e, 2 * words, timeS + 1e-6))
        for (let i = 0; i < values.length; i += 6) seen.push(values[i]!)
      }
      expect(seen).toEqual(seen.map((_, i) => i + 1))
      expect(seen.length).toBe(sizes.reduce((sum, size) => sum + size, 0))
    }),
  )
})
