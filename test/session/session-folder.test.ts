import { readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importFolder } from '../../host/session/import.ts'
import { openSession } from '../../host/session/open.ts'
import { emptyHeader, HEADER_BYTES, readHeader, TYPE_HELLO, TYPE_SAMPLES } from '../../shared/frame.ts'
import { readSample } from '../../shared/imu.ts'
import { framesOf, HEADER, scratch, sessionFolder, stillRows } from './sessions.ts'

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const headerOf = (bytes: Uint8Array) => readHeader(viewOf(bytes), 0, emptyHeader())

describe('a session folder', () => {
  test('is its samples as frames: nothing rounded beyond float32, every time kept, pods merged by arrival', async () => {
    const shoe = stillRows(50)
    const shin = stillRows(70).map((row, i) => row.replace(/^[^,]+/, String(0.05 + i * 0.0123)))
    const folder = await sessionFolder({ 'left-shoe': [HEADER, ...shoe], 'left-shin': [HEADER, ...shin] })
    const frames = await framesOf(folder)
    const hellos = frames.filter(({ bytes }) => headerOf(bytes).type === TYPE_HELLO)
    expect(
      hellos.map(({ bytes }) => JSON.parse(Buffer.from(bytes.subarray(HEADER_BYTES, -4)).toString()).place),
    ).toEqual(['left-shoe', 'left-shin'])
    const arrivals = frames.map(({ arrivalS }) => arrivalS)
    expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b))
    const rowsOf = (pod: number) =>
      frames.flatMap(({ bytes }) => {
        const header = headerOf(bytes)
        if (header.type !== TYPE_SAMPLES || header.pod !== pod) return []
        const view = viewOf(bytes)
        return Array.from({ length: header.count }, (_, k) => {
          const sample = new Float64Array(6)
          readSample('si-float32', 1, 1, view, HEADER_BYTES, k, sample)
          return [view.getUint32(HEADER_BYTES + 28 * k, true) / 1e6, ...sample]
        })
      })
    const wanted = (rows: string[]) =>
      rows.map((row) => row.split(',').map((cell, i) => (i === 0 ? Number(cell) : Math.fround(Number(cell)))))
    for (const [pod, rows] of [
      [1, shoe],
      [2, shin],
    ] as const)
      rowsOf(pod).forEach((row, i) => {
        const due = wanted(rows)[i]!
        expect(row[0]).toBeCloseTo(due[0]!, 6)
        expect(row.slice(1)).toEqual(due.slice(1))
      })
    expect(rowsOf(1)).toHaveLength(50)
    expect(rowsOf(2)).toHaveLength(70)
  })

  test('says its rate, or has it found between the gaps', async () => {
    const rows = stillRows(400).filter((_, i) => i % 50 > 3)
    const folder = await sessionFolder({ 'right-shoe': [HEADER, ...rows] })
    const [hello] = await framesOf(folder)
    const { rateHz, imu, clock } = JSON.parse(Buffer.from(hello!.bytes.subarray(HEADER_BYTES, -4)).toString())
    expect(rateHz).toBeCloseTo(100, 6)
    expect({ imu, clock }).toEqual({ imu: 'si-float32', clock: 'session' })
  })

  test('imported, it is the same session byte for byte', async () => {
    const folder = await sessionFolder({
      'left-shoe': [HEADER, ...stillRows(500)],
      'right-shin': [HEADER, ...stillRows(450)],
    })
    const out = join(dirname(folder), 'made', 'run.mcap')
    await importFolder(folder, out)
    expect(await framesOf(out)).toEqual(await framesOf(folder))
    const [recording, source] = [await openSession(out), await openSession(folder)]
    expect(recording.info).toEqual(source.info)
    expect(recording.durationS).toBe(source.durationS)
    expect(await readdir(dirname(out))).toEqual(['run.mcap'])
  })

  test('says what it knows as long as it may be: the longest id comes back', async () => {
    const id = '\u00e9'.repeat(100)
    const folder = await sessionFolder(
      { 'left-shoe': [HEADER, ...stillRows(50)] },
      {
        format: 'session-folder/1',
        id,
        startedAt: '2499-12-31',
        pods: { 'left-shoe': { file: 'left-shoe.csv' } },
      },
    )
    const out = join(folder, 'run.mcap')
    await importFolder(folder, out)
    expect((await openSession(out)).info.id).toBe(id)
    expect(await framesOf(out)).toEqual(await framesOf(folder))
  })

  test('may have columns in another order, others beside them, CRLF and a byte order mark', async () => {
    const rows = stillRows(40).map((row) => {
      const [t, ax, ay, az, gx, gy, gz] = row.split(',')
      return `${gx},${gy},${gz},21.5,${t},${ax},${ay},${az}\r`
    })
    const odd = await sessionFolder({
      'left-shoe': ['\ufeffgx,gy,gz,temperature,t,ax,ay,az\r', ...rows, '\r'],
    })
    const plain = await sessionFolder({ 'left-shoe': [HEADER, ...stillRows(40)] })
    expect(await framesOf(odd)).toEqual(await framesOf(plain))
  })
})

const rows = stillRows(200)
const withRow = (i: number, row: string) => [HEADER, ...rows.slice(0, i), row, ...rows.slice(i + 1)]
const scaled = (force: number, rate: number) =>
  rows.map((row) =>
    row
      .split(',')
      .map((cell, i) => (i === 0 ? cell : String(Number(cell) * (i < 4 ? force : rate))))
      .join(','),
  )
const json = (pods: unknown, more = {}) => ({ format: 'session-folder/1', pods, ...more })
const oneShoe = { 'left-shoe': { file: 'left-shoe.csv' } }

/** file, line, what it must say, what is wrong. */
const wrong: [string, number | null, RegExp, Record<string, string[]>, unknown?][] = [
  ['left-shoe.csv', 1, /column gz is missing/, { 'left-shoe': ['t,ax,ay,az,gx,gy', ...rows] }],
  ['left-shoe.csv', 12, /ay is NaN/, { 'left-shoe': withRow(10, '0.1,0,NaN,9.8,0,0,0') }],
  ['left-shoe.csv', 12, /az is empty/, { 'left-shoe': withRow(10, '0.1,0,0,,0,0,0') }],
  ['left-shoe.csv', 12, /gx is x, not a number/, { 'left-shoe': withRow(10, '0.1,0,0,9.8,x,0,0') }],
  ['left-shoe.csv', 12, /6 values where the header has 7/, { 'left-shoe': withRow(10, '0.1,0,0,9.8,0,0') }],
  ['left-shoe.csv', 12, /t goes back from 0.09 to 0.08/, { 'left-shoe': withRow(10, rows[8]!) }],
  ['left-shoe.csv', 12, /t repeats 0.09/, { 'left-shoe': withRow(10, rows[9]!) }],
  ['left-shoe.csv', 2, /t is -1 s/, { 'left-shoe': withRow(0, '-1,0,0,9.8,0,0,0') }],
  [
    'left-shoe.csv',
    102,
    /still accelerometer reads 1.00 here.*m\/s²/,
    { 'left-shoe': [HEADER, ...scaled(1 / 9.8, 1)] },
  ],
  [
    'left-shoe.csv',
    102,
    /still gyroscope reads 0.81 rad\/s here.*degrees/,
    { 'left-shoe': [HEADER, ...scaled(1, 180 / Math.PI)] },
  ],
  ['left-shoe.csv', 102, /300 rad\/s.*degrees/, { 'left-shoe': withRow(100, '1,0,0,9.8,300,0,0') }],
  ['left-shoe.csv', 1, /the file is empty/, { 'left-shoe': [''] }],
  ['left-shoe.csv', null, /1 samples/, { 'left-shoe': [HEADER, rows[0]!] }],
  [
    'session.json',
    null,
    /pods.left-knee: no such place; there are left-shoe/,
    {},
    json({ 'left-knee': { file: 'a.csv' } }),
  ],
  ['left-shoe.csv', null, /there is no such file/, {}, json(oneShoe)],
  ['session.json', 2, /no valid JSON/, {}, '{\n  format: 1 }'],
  ['session.json', null, /format/, {}, json(oneShoe, { format: 'session-folder/9' })],
  ['session.json', null, /pods/, {}, { format: 'session-folder/1' }],
  ['session.json', null, /pods: must name at least one/, {}, json({})],
  [
    'session.json',
    null,
    /calibration.standing: toS must be later/,
    { 'left-shoe': [HEADER, ...rows] },
    json(oneShoe, { calibration: { standing: { fromS: 3, toS: 2 } } }),
  ],
  [
    'session.json',
    null,
    /calibration.standing is from 1 to 5 s, but the data from 0 to 1.99 s/,
    { 'left-shoe': [HEADER, ...rows] },
    json(oneShoe, { calibration: { standing: { fromS: 1, toS: 5 } } }),
  ],
  [
    'left-shoe.csv',
    null,
    /a row every 10 s.*in seconds, not milliseconds/,
    { 'left-shoe': [HEADER, ...rows.map((row, i) => row.replace(/^[^,]+/, String(10 * i)))] },
  ],
  [
    'left-shoe.csv',
    null,
    /rateHz is 200 in session.json, but there are 100.0 rows a second/,
    { 'left-shoe': [HEADER, ...rows] },
    json({ 'left-shoe': { file: 'left-shoe.csv', rateHz: 200 } }),
  ],
  ...([
    [/treadmill.speedMPerS/, { treadmill: { speedMPerS: -1 } }],
    [/treadmill.speedMPerS/, { treadmill: { speedMPerS: 0 } }],
    [/treadmill.speedMPerS: must be in m\/s, 15 at most/, { treadmill: { speedMPerS: 300 } }],
    [/subject.massKg/, { subject: { massKg: -70 } }],
    [/subject.heightM/, { subject: { heightM: 0 } }],
    [/startedAt: must be ISO 8601/, { startedAt: 'yesterday' }],
    [/startedAt: must be from 1970/, { startedAt: '1066-10-14' }],
    [/id: /, { id: 'x'.repeat(101) }],
    [/settings.gait.nonsense: no such setting/, { settings: { gait: { nonsense: 1 } } }],
    [/pods.left-shoe.file: must be the name/, { pods: { 'left-shoe': { file: '.' } } }],
    [/pods.left-shoe.file: must be the name/, { pods: { 'left-shoe': { file: '../left-shoe.csv' } } }],
    [/pods.left-shoe.file: must be the name/, { pods: { 'left-shoe': { file: '' } } }],
    [/pods.left-shoe.rateHz/, { pods: { 'left-shoe': { file: 'left-shoe.csv', rateHz: 20_000 } } }],
    [
      /pods.right-shoe.file: left-shoe.csv is another pod/,
      { pods: { ...oneShoe, 'right-shoe': { file: 'left-shoe.csv' } } },
    ],
  ].map(([problem, more]) => [
    'session.json',
    null,
    problem,
    { 'left-shoe': [HEADER, ...rows] },
    json(oneShoe, more as object),
  ]) as typeof wrong),
]

describe('wrong input is refused with file, line and remedy, and nothing is written', () => {
  test.each(wrong)('%s:%s %s', async (file, line, problem, files, session) => {
    const folder = await (session === undefined ? sessionFolder(files) : sessionFolder(files, session))
    const made = await scratch()
    const error = await importFolder(folder, join(made, 'out', 'run.mcap')).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ name: 'InputError', file: join(folder, file), line })
    expect((error as Error).message).toMatch(problem)
    expect((error as Error).message).toContain(line === null ? file : `${file}:${line}`)
    expect(await readdir(made)).toEqual([])
  })

  test('a folder without session.json, and no folder at all', async () => {
    const folder = await scratch()
    await expect(openSession(folder)).rejects.toThrow(/session\.json: there is no such file/)
    await expect(openSession(join(folder, 'none'))).rejects.toThrow(/there is no such file or folder/)
  })

  test('an earlier recording stays as it is when an import over it fails', async () => {
    const out = join(await scratch(), 'run.mcap')
    await writeFile(out, 'precious')
    const folder = await sessionFolder({ 'left-shoe': withRow(10, rows[9]!) })
    await expect(importFolder(folder, out)).rejects.toThrow()
    expect(await readdir(dirname(out))).toEqual(['run.mcap'])
  })

  test('running without any standing is not taken for wrong units', async () => {
    // 3 g peaks twice a second, never at rest
    const running = Array.from({ length: 1000 }, (_, i) => {
      const swing = Math.sin((2 * Math.PI * i) / 60)
      return `${i / 100},${15 * swing},2,${10 + 20 * swing ** 2},${4 * swing},1,-6`
    })
    await openSession(await sessionFolder({ 'left-shoe': [HEADER, ...running] }))
  })
})
