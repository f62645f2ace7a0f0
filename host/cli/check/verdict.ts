import { DEG, GRAVITY, type ImuName } from '../../../shared/imu.ts'
import type { Hello, Status } from '../../../shared/messages.ts'
import type { Measured } from './measurement.ts'

/** One thing that was looked at. `none`: could not be looked at, which is no fault of the pod's. */
export interface Item {
  name: string
  verdict: 'ok' | 'fail' | 'none'
  says: string
  /** What to do about it; with `fail` only. */
  todo?: string
}

/** A part may be twice as noisy as the data sheet's typical one. */
const NOISE_FACTOR = 2
/** An axis that says the same number all the time: what is left is rounding. */
const SILENT = 1e-9
/** Moved, when means over a quarter of a second lie further apart than this: m/s², rad/s. */
const MOVED_FORCE = 0.25
const MOVED_RATE = 1.5 * DEG
/** Zero offsets that no sound part has: share of gravity, °/s. */
const GRAVITY_OFF = 0.1
const RATE_OFF_DEG = 10
const RATE_TOLERANCE = 0.05
const LOST_SHARE = 1e-3
/** A crystal is within 40 ppm; a clock without one within a few thousand. */
const CLOCK_PPM = 100
/** On a radio 20 s leave up to 2.3 ms; a session goes on from there. */
const CLOCK_MS = 3
const BATTERY_PCT = 20

/** Typical noise densities in high-performance mode, µg/√Hz by range in g, and mdps/√Hz. */
const DATA_SHEET: Partial<Record<ImuName, { accel: Readonly<Record<number, number>>; gyro: number }>> = {
  'lsm6ds3tr-c': { accel: { 2: 90, 4: 90, 8: 110, 16: 180 }, gyro: 5 },
  lsm6dso32: { accel: { 4: 120, 8: 130, 16: 160, 32: 220 }, gyro: 3.8 },
}

const OTHER_POD = 'use another pod; its IMU is damaged'

const ok = (name: string, says: string): Item => ({ name, verdict: 'ok', says })
const fail = (name: string, says: string, todo: string): Item => ({ name, verdict: 'fail', says, todo })
const none = (name: string, says: string): Item => ({ name, verdict: 'none', says })

/** What a pod says whose IMU is not there. */
export const IMU_SILENT = 'the IMU does not answer'

/** @param problem what the pod said of its self-test; `null` when it passed */
export function selfTest(problem: string | null): Item {
  if (problem === null) return ok('self-test', 'both sensors answer to their own test force')
  return fail(
    'self-test',
    problem.replace(/;\s*$/, ''),
    /does not answer|no answer/.test(problem)
      ? 'switch the pod off and on; if it stays so, its IMU has no power or a loose joint: use another pod'
      : 'lay it still and check again; if it stays so, use another pod: its IMU is damaged',
  )
}

/** Everything but the self-test, of a pod that sent samples. */
export function judge(measured: Measured): Item[] {
  return [
    rest(measured),
    noise(measured),
    clipping(measured),
    rate(measured),
    loss(measured),
    clock(measured),
    battery(measured.status),
  ]
}

/** Of a pod whose IMU does not answer nothing else can be asked. */
export const unasked: Item = none('samples', 'not asked for')

/** Everything but the self-test, of a pod that sent none. @param why what came instead */
export function unmeasured(why: string, status: Status | null): Item[] {
  return [
    fail(
      'samples',
      why,
      'switch the pod off and on and check again; if it stays so, write its program anew: footfall firmware flash',
    ),
    battery(status),
  ]
}

/** A port behind which nobody could be asked. @param why what the system or the link said */
export const silent = (why: string): Item =>
  fail(
    'answer',
    why,
    'is it switched on, on this port, and has it a program (footfall firmware flash)? footfall pods lists what answers',
  )

export const passes = (items: readonly Item[]): boolean => items.every(({ verdict }) => verdict !== 'fail')

const hasMoved = ({ wander }: Measured): boolean =>
  wander.some((spread, i) => spread > (i < 3 ? MOVED_FORCE : MOVED_RATE))

function rest(measured: Measured): Item {
  const [ax, ay, az, gx, gy, gz] = measured.mean as [number, number, number, number, number, number]
  const gravity = Math.hypot(ax, ay, az) / GRAVITY
  const turning = Math.hypot(gx, gy, gz) / DEG
  const says = `gravity ${gravity.toFixed(3)} g, gyroscope’s zero ${turning.toFixed(2)} °/s`
  if (hasMoved(measured))
    return fail(
      'rest',
      'it was moved',
      'lay it on something that does not shake, leave it alone, and check again',
    )
  if (Math.abs(gravity - 1) > GRAVITY_OFF || turning > RATE_OFF_DEG) return fail('rest', says, OTHER_POD)
  return ok('rest', says)
}

/** The noisiest axis of each sensor against the data sheet. */
function noise(measured: Measured): Item {
  const { density, hello } = measured
  if (hasMoved(measured)) return none('noise', 'not measured: it was moved')
  const dead = density.flatMap((d, i) => (d < SILENT ? [axisName(i)] : []))
  if (dead.length > 0) return fail('noise', `nothing at all on ${dead.join(', ')}`, OTHER_POD)
  const accel = (Math.max(...density.slice(0, 3)) / GRAVITY) * 1e6
  const gyro = (Math.max(...density.slice(3)) / DEG) * 1e3
  const sheet = DATA_SHEET[hello.imu]
  const usual = sheet?.accel[hello.accelG]
  if (sheet === undefined || usual === undefined)
    return none(
      'noise',
      `${accel.toFixed(0)} µg/√Hz, ${gyro.toFixed(1)} mdps/√Hz; nothing to hold it against for this IMU`,
    )
  const says = `accelerometer ${accel.toFixed(0)} µg/√Hz (data sheet ${usual}), gyroscope ${gyro.toFixed(1)} mdps/√Hz (${sheet.gyro})`
  if (accel > NOISE_FACTOR * usual || gyro > NOISE_FACTOR * sheet.gyro)
    return fail(
      'noise',
      says,
      'check again on a floor that no machine shakes; if it stays so, use another pod for the shin',
    )
  return ok('noise', says)
}

const axisName = (i: number): string => `${i < 3 ? 'accelerometer' : 'gyroscope'} ${'xyz'.charAt(i % 3)}`

function clipping({ clipped, samples, hello }: Measured): Item {
  if (clipped === 0) return ok('clipping', 'no sample at full scale')
  return fail(
    'clipping',
    `${clipped} of ${samples} samples at full scale (±${hello.accelG} g, ±${hello.gyroDps} °/s) while it lay still`,
    OTHER_POD,
  )
}

function rate({ rateHz, hello }: Measured): Item {
  const off = rateHz / hello.rateHz - 1
  const says = `${rateHz.toFixed(1)} Hz, ${Math.abs(100 * off).toFixed(1)} % ${off < 0 ? 'below' : 'above'} ${hello.rateHz}`
  if (Math.abs(off) <= RATE_TOLERANCE) return ok('rate', says)
  return fail(
    'rate',
    says,
    'beyond ±5 % the chip’s oscillator is at fault, and so are its gyroscope’s figures: use another pod',
  )
}

function loss({ lost, samples, faults }: Measured): Item {
  const { overruns, realigned, imuErrors, exceptions } = faults
  const counts = Object.entries({ overruns, realigned, imuErrors, exceptions })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`)
  const says = [`${samples} samples, ${lost === 0 ? 'none' : lost} lost`, ...counts].join(', ')
  if (lost <= LOST_SHARE * samples && counts.length === 0) return ok('loss', says)
  return fail(
    'loss',
    says,
    'bring it nearer or use another cable or port; if it stays so, a lower rate takes less of the link',
  )
}

function clock({ clockPpm, clockErrorMs }: Measured): Item {
  if (clockErrorMs === null || clockPpm === null)
    return fail('clock', 'no ping was answered', 'use another cable or port and check again')
  const { least, most } = clockPpm
  const says = `${signed(least)} to ${signed(most)} ppm, times known to ${clockErrorMs.toFixed(1)} ms`
  if (least > most)
    return fail('clock', 'the pod’s clock did not run evenly', 'use another pod; its oscillator is at fault')
  if (least > CLOCK_PPM || most < -CLOCK_PPM)
    return fail(
      'clock',
      says,
      'the board’s clock has no crystal or a broken one: its times wander with temperature; use another pod',
    )
  if (clockErrorMs > CLOCK_MS)
    return fail(
      'clock',
      says,
      'the link is slow or busy: bring it nearer, close other programs, and check again',
    )
  return ok('clock', says)
}

const signed = (x: number): string => (x < 0 ? '−' : '+') + Math.abs(x).toFixed(0)

function battery(status: Status | null): Item {
  const charge = status?.battery ?? null
  if (charge === null) return none('battery', 'this board does not measure it')
  const says = `${charge} %`
  return charge < BATTERY_PCT
    ? fail('battery', says, 'charge or change it before a session')
    : ok('battery', says)
}

/** A pod's verdict in lines for the user. */
export function verdictLines(port: string, hello: Hello | null, items: readonly Item[]): string {
  const whose =
    hello === null
      ? ''
      : `: pod ${hello.id}, ${hello.board}, ${hello.place ?? 'no place yet'}, firmware ${hello.fw}`
  const words = { ok: 'ok', fail: 'FAIL', none: '–' }
  const rows = items.flatMap(({ name, verdict, says, todo }) => [
    `  ${name.padEnd(11)}${words[verdict].padEnd(6)}${says}`,
    ...(todo === undefined ? [] : [`${' '.repeat(19)}→ ${todo}`]),
  ])
  return `${[`${port}${whose}`, ...rows, `  ${'verdict'.padEnd(11)}${passes(items) ? 'ok' : 'FAIL'}`].join('\n')}\n`
}
