import { expect, test } from 'vitest'
import { Adxl372 } from '../../firmware/virtual/adxl372.ts'
import type { WornImu } from '../../firmware/virtual/worn.ts'
import { GRAVITY, readAdxl372 } from '../../shared/imu.ts'
import { still } from './rig.ts'

const read = (chip: Adxl372, register: number, count: number, timeS: number) =>
  chip.read(register, new Uint8Array(count), timeS)

/** 400 Hz, full bandwidth, FIFO in stream mode; measuring from time 0. */
function measuring(worn: WornImu, odrError = 0): Adxl372 {
  const chip = new Adxl372(worn, { odrError })
  chip.write(0x3a, 0x02, 0)
  chip.write(0x3f, 0x07, 0)
  return chip
}

function level(chip: Adxl372, timeS: number) {
  const s = read(chip, 0x04, 4, timeS)
  return { words: ((s[2]! & 3) << 8) | s[3]!, overrun: (s[0]! & 8) > 0, full: (s[0]! & 4) > 0 }
}

const at = (g: number): WornImu => ({ sampleAt: (_t, out) => out.fill(g * GRAVITY) })

test('it says who it is; a reset, and nothing but its code, brings it back to standby', () => {
  const chip = measuring(still)
  expect([...read(chip, 0x00, 3, 0)]).toEqual([0xad, 0x1d, 0xfa])
  chip.write(0x41, 0x51, 0.1)
  expect(level(chip, 0.2).words).toBeGreaterThan(0)
  chip.write(0x41, 0x52, 0.2)
  expect(level(chip, 1).words).toBe(0)
  expect([...read(chip, 0x3f, 1, 1)]).toEqual([0])
})

// Data sheet, table 1: 100 mg/LSB, twelve bits.
test.each([
  [1, 10],
  [-37.5, -375],
  [204.7, 2047],
  [500, 2047],
  [-500, -2048],
])('%f g are %i LSB, and beyond its range it saturates', (g, lsb) => {
  const chip = measuring(at(g))
  const bytes = read(chip, 0x42, 6, 0.01)
  expect(new DataView(bytes.buffer).getInt16(2, false) >> 4).toBe(lsb)
  const out = new Float64Array(3)
  readAdxl372(new DataView(bytes.buffer), 0, 0, out)
  for (const axis of out) expect(axis / GRAVITY).toBeCloseTo(lsb / 10, 9)
  const axis = read(chip, 0x08, 2, 0.01)
  expect((((axis[0]! << 8) | axis[1]!) << 16) >> 20).toBe(lsb)
})

test('the FIFO fills at the true rate, three words a sample, and the first word of each is marked', () => {
  const chip = measuring(still, -0.02)
  expect(level(chip, 0.25)).toMatchObject({ words: 3 * Math.floor(0.25 * 400 * 0.98), overrun: false })
  const bytes = read(chip, 0x42, 60, 0.25)
  expect(Array.from({ length: 30 }, (_, i) => bytes[2 * i + 1]! & 1)).toEqual(
    Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? 1 : 0)),
  )
  expect(level(chip, 0.25).words).toBe(3 * Math.floor(0.25 * 400 * 0.98) - 30)
})

test('512 words fit; then the oldest go, one by one, and it says so', () => {
  const chip = measuring(still)
  expect(level(chip, 170.5 / 400)).toMatchObject({ words: 510, overrun: false, full: true })
  expect(level(chip, 171.5 / 400)).toMatchObject({ words: 512, overrun: true })
  // one word of the oldest sample is gone: what comes next does not begin a set
  expect(read(chip, 0x42, 2, 171.5 / 400)[1]! & 1).toBe(0)
  expect(level(chip, 171.5 / 400).overrun).toBe(false)
})

test('800 Hz is twice 400 Hz; standby empties the FIFO and stops', () => {
  const chip = measuring(still)
  chip.write(0x3d, 0x20, 0)
  expect(level(chip, 0.1).words).toBe(240)
  chip.write(0x3f, 0, 0.1)
  expect(level(chip, 1).words).toBe(0)
})

test('its self-test ends after 0.3 s and says how', () => {
  for (const [isHealthy, result] of [
    [true, 0x06],
    [false, 0x02],
  ] as const) {
    const chip = measuring(still)
    chip.isHealthy = isHealthy
    chip.write(0x40, 0x01, 1)
    expect(read(chip, 0x40, 1, 1.2)[0]).toBe(0x01)
    expect(read(chip, 0x40, 1, 1.4)[0]).toBe(result)
  }
})
