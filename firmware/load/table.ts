import { BOARD_NAMES, boardOf } from '../build/boards.ts'
import { buildFirmware } from '../build/build.ts'
import { type TargetRequest, targetOf } from '../build/target.ts'
import { variablesTaken } from '../build/variables.ts'
import { MOST_LOAD, measureLoad } from './load.ts'

export const TABLE_HEAD = [
  '| Bundle | IMU | Hz | Load | Bytes | Variables, of |',
  '|---|---|---|---|---|---|',
]

/** Every board with every IMU it can have, on its usual wires; and what needs other wires or is heavier. */
export const TABLE_TARGETS: readonly TargetRequest[] = [
  ...BOARD_NAMES.flatMap((board) => boardOf(board).imus.map((imu) => ({ board, imu }))),
  { board: 'mdbt42q', bus: 'spi' },
  { board: 'pico', bus: 'spi' },
  { board: 'pico', imu: 'lsm6dsv320x', bus: 'spi' },
  { board: 'jolt', highG: 'adxl372' },
  { board: 'pico', highG: 'adxl372' },
  { board: 'wifi', bus: 'spi', highG: 'adxl372' },
]

/** A target's row at one rate: bold where the rate is its default, struck out where the build refuses it. */
export async function tableRow(request: TargetRequest, rateHz: number): Promise<string> {
  const target = targetOf(request)
  const { bytes } = await buildFirmware(request)
  const { share } = await measureLoad(request, rateHz)
  const isDefault = rateHz === target.rates[0]
  const percent = `${Math.round(100 * share)} %`
  const load = !isDefault ? percent : share > MOST_LOAD ? `~~${percent}~~ refused` : `**${percent}**`
  return `| \`${target.name}\` | ${target.imu}${target.highG ? ` + ${target.highG}` : ''} | ${rateHz} | ${load} | ${bytes} | ${variablesTaken(target)} of ${target.board.variables} |`
}

/** The whole table, as it stands in `docs/firmware.md`. */
export async function loadTable(): Promise<string> {
  const rows: string[] = []
  for (const request of TABLE_TARGETS)
    for (const rate of targetOf(request).rates.toSorted((a, b) => a - b))
      rows.push(await tableRow(request, rate))
  return [...TABLE_HEAD, ...rows].join('\n')
}
