import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lsm6dso32, lsm6dsv320x, type TaggedChip, TaggedImu } from '../../firmware/virtual/tagged-imu.ts'
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

const read = (imu: TaggedImu, register: number, count: number, timeS: number) =>
  imu.read(register, new Uint8Array(count), timeS)
const int16s = (bytes: Uint8Array) => [...new Int16Array(bytes.slice().buffer)]

/** Writes of register and value that set a chip going from time 0: default ranges, FIFO continuous. */
const going: Record<string, [chip: TaggedChip, hz: number, words: number, writes: [number, number][]]> = {
  lsm6dso32: [
    lsm6dso32,
    416,
    2,
    [
      [0x10, 0x64],
      [0x11, 0x6c],
      [0x09, 0x66],
      [0x0a, 6],
    ],
  ],
  lsm6dsv320x: [
    lsm6dsv320x,
    480,
    3,
    [
      [0x17, 3],
      [0x15, 4],
      [0x10, 8],
      [0x11, 8],
      [0x4e, 0x9c],
      [0x09, 0x88],
      [0x0b, 8],
      [0x0a, 6],
    ],
  ],
}
const names = Object.keys(going)

function running(name: string, worn: WornImu, odrError = 0): TaggedImu {
  const [chip, , , writes] = going[name]!
  const imu = new TaggedImu(chip, worn, { odrError })
  for (const [register, value] of writes) imu.write(register, value, 0)
  return imu
}

function level(name: string, imu: TaggedImu, timeS: number) {
  const [chip] = going[name]!
  const [low, high] = read(imu, chip.status, 2, timeS)
  return {
    words: low! | ((high! & 3) << 8),
    latched: (high! & 0x08) > 0,
    full: (high! & 0x20) > 0,
    overrun: (high! & 0x40) > 0,
    watermark: (high! & 0x80) > 0,
  }
}

test.each([
  ['lsm6dso32', 0x6c],
  ['lsm6dsv320x', 0x73],
])('%s after power-on and after SW_RESET: WHO_AM_I, everything off, FIFO empty', (name, whoAmI) => {
  const imu = running(name, turning)
  imu.write(0x12, 0x01, 1)
  expect([...read(imu, 0x0f, 4, 1)]).toEqual([whoAmI, 0, 0, 0x04])
  expect(int16s(read(imu, 0x22, 12, 2))).toEqual([0, 0, 0, 0, 0, 0])
  expect(level(name, imu, 2)).toMatchObject({ words: 0, overrun: false })
})

// Data sheets: 0.061 mg/LSB at ±2 g and in proportion, 4.375 mdps/LSB at ±125 °/s and in proportion.
test.each([
  ['lsm6dso32 ±4 g', lsm6dso32, [[0x10, 0x60]], 5, 1000 / 0.122],
  ['lsm6dso32 ±8 g', lsm6dso32, [[0x10, 0x68]], 5, 1000 / 0.244],
  ['lsm6dso32 ±16 g', lsm6dso32, [[0x10, 0x6c]], 5, 1000 / 0.488],
  ['lsm6dso32 ±32 g', lsm6dso32, [[0x10, 0x64]], 5, 1000 / 0.976],
  ['lsm6dso32 ±125 °/s', lsm6dso32, [[0x11, 0x62]], 0, 100_000 / 4.375],
  ['lsm6dso32 ±2000 °/s', lsm6dso32, [[0x11, 0x6c]], 0, 100_000 / 70],
  [
    'lsm6dsv320x ±2 g',
    lsm6dsv320x,
    [
      [0x17, 0],
      [0x10, 8],
    ],
    5,
    1000 / 0.061,
  ],
  [
    'lsm6dsv320x ±16 g',
    lsm6dsv320x,
    [
      [0x17, 3],
      [0x10, 8],
    ],
    5,
    1000 / 0.488,
  ],
  [
    'lsm6dsv320x ±2000 °/s',
    lsm6dsv320x,
    [
      [0x15, 4],
      [0x11, 8],
    ],
    0,
    100_000 / 70,
  ],
  [
    'lsm6dsv320x ±4000 °/s',
    lsm6dsv320x,
    [
      [0x15, 5],
      [0x11, 8],
    ],
    0,
    100_000 / 140,
  ],
] as [string, TaggedChip, [number, number][], number, number][])(
  '%s has the data sheet’s sensitivity',
  (_name, chip, writes, at, lsb) => {
    const imu = new TaggedImu(chip, turning)
    for (const [register, value] of writes) imu.write(register, value, 0)
    expect(int16s(read(imu, 0x22, 12, 1))[at]).toBe(Math.round(lsb))
  },
)

// lsm6dsv320x-pid: 0.976, 1.952, 3.904, 7.808 and 10.417 mg/LSB.
test.each([
  [0, 0.976],
  [1, 1.952],
  [2, 3.904],
  [3, 7.808],
  [4, 10.417],
])('lsm6dsv320x: high-g range %i has %f mg/LSB', (range, mg) => {
  const imu = running('lsm6dsv320x', { sampleAt: (_t, out) => out.fill(20 * GRAVITY) })
  imu.write(0x4e, 0x98 | range, 0)
  imu.write(0x0a, 0, 0.01)
  imu.write(0x0a, 6, 0.01)
  const [, , word] = words(read(imu, 0x78, 21, 0.013))
  expect(word!.tag).toBe(0x1d)
  expect(word!.axes[0]).toBe(Math.round(20_000 / mg))
})

function words(bytes: Uint8Array): { tag: number; slot: number; axes: number[] }[] {
  return Array.from({ length: bytes.length / 7 }, (_, i) => ({
    tag: bytes[7 * i]! >> 3,
    slot: (bytes[7 * i]! >> 1) & 3,
    axes: int16s(bytes.slice(7 * i + 1, 7 * i + 7)),
  }))
}

test.each(names)(
  '%s: the FIFO fills at the true rate with tagged words, slots counted in two bits',
  (name) => {
    const [, hz, perSample] = going[name]!
    const imu = running(name, turning, 0.03)
    const samples = Math.floor(0.15 * hz * 1.03)
    expect(level(name, imu, 0.15).words).toBe(perSample * samples)
    const seen = words(read(imu, 0x78, 7 * perSample * samples, 0.15))
    expect(seen.map(({ slot }) => slot)).toEqual(seen.map((_, i) => Math.floor(i / perSample) % 4))
    expect(seen.map(({ tag }) => tag)).toEqual(seen.map((_, i) => [1, 2, 0x1d][i % perSample]))
    expect(seen[0]!.axes).toEqual([1429, 0, 0])
  },
)

test.each(names)('%s: beyond the range it saturates and does not wrap', (name) => {
  const hard: WornImu = { sampleAt: (_t, out) => out.set([400 * GRAVITY, -400 * GRAVITY, 0, 99, -99, 0]) }
  const imu = running(name, hard)
  const [gyro, accel, highG] = words(read(imu, 0x78, 21, 0.02))
  expect(gyro!.axes).toEqual([32767, -32768, 0])
  expect(accel!.axes).toEqual([32767, -32768, 0])
  if (name === 'lsm6dsv320x') expect(highG!.axes).toEqual([32767, -32768, 0])
})

test.each(names)('%s: full, it drops the oldest word and says so, once more after it was emptied', (name) => {
  const [chip, hz, perSample] = going[name]!
  const imu = running(name, still)
  const fits = Math.floor(chip.capacity / perSample)
  expect(level(name, imu, (fits + 0.5) / hz)).toMatchObject({ overrun: false, latched: false })
  const late = (fits + 2.5) / hz
  expect(level(name, imu, late)).toMatchObject({ words: chip.capacity & 0x3ff, overrun: true, full: true })
  read(imu, 0x78, 7, late)
  expect(level(name, imu, late)).toMatchObject({ words: chip.capacity - 1, overrun: false, full: false })
  imu.write(0x0a, 0, late)
  expect(level(name, imu, late)).toMatchObject({ words: 0, latched: false })
})

test.each(names)('%s: the latched flag is gone once it was read', (name) => {
  const imu = running(name, still)
  imu.advanceTo(3)
  imu.dropWords(100)
  expect(level(name, imu, 3)).toMatchObject({ overrun: false, latched: true })
  expect(level(name, imu, 3)).toMatchObject({ latched: false })
})

test.each(names)('%s: watermark rises at its threshold', (name) => {
  const [, hz, perSample] = going[name]!
  const imu = running(name, still)
  imu.write(0x07, 10 * perSample, 0)
  expect(level(name, imu, 9.5 / hz).watermark).toBe(false)
  expect(level(name, imu, 10.5 / hz).watermark).toBe(true)
})

test.each(names)('%s: self-test bits shift each axis by the force, and temperature is 256 LSB/°C', (name) => {
  const [chip] = going[name]!
  const imu = running(name, still)
  imu.temperatureC = 36.5
  expect(int16s(read(imu, 0x20, 2, 1))).toEqual([(36.5 - 25) * 256])
  const before = int16s(read(imu, 0x22, 12, 1))
  imu.write(chip.selfTest, 0x05, 1)
  const pushed = int16s(read(imu, 0x22, 12, 2)).map((v, i) => v - before[i]!)
  const mg = name === 'lsm6dso32' ? 0.976 : 0.488
  for (const change of pushed.slice(0, 3)) expect(Math.abs(change - 400 / 0.07)).toBeLessThanOrEqual(1)
  for (const change of pushed.slice(3)) expect(Math.abs(change - 400 / mg)).toBeLessThanOrEqual(1)
})

test.each(names)('%s: however it is read, words come out in order and none is lost', (name) => {
  const [, hz, perSample] = going[name]!
  const ramp: WornImu = {
    sampleAt(timeS, out) {
      out.fill(0)
      out[3] = Math.round(timeS * hz) * 0.07 * DEG
    },
  }
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 }), (sizes) => {
      const imu = running(name, ramp)
      const seen: number[] = []
      let timeS = 0
      for (const samples of sizes) {
        timeS += samples / hz
        const count = level(name, imu, timeS + 1e-6).words
        for (const { tag, axes } of words(read(imu, 0x78, 7 * count, timeS + 1e-6)))
          if (tag === 1) seen.push(axes[0]!)
      }
      expect(seen).toEqual(seen.map((_, i) => i + 1))
      expect(seen.length).toBe(sizes.reduce((sum, size) => sum + size, 0))
    }),
    { numRuns: 40 },
  )
  expect(perSample).toBeGreaterThan(1)
})
