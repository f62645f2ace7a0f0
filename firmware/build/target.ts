import {
  BOARDS,
  type BoardDescription,
  type BoardName,
  type BusDescription,
  type BusKind,
  boardOf,
  type HighGName,
  type PodImuName,
} from './boards.ts'
import { POD_IMUS } from './imus.ts'

/** What a bundle is for, as a person asks for it: what is left out is the board's own. */
export interface TargetRequest {
  board: BoardName
  imu?: PodImuName
  bus?: BusKind
  /** A second accelerometer beside the IMU, on the same bus. Default none. */
  highG?: HighGName | null
}

export interface Target {
  /** `pod-…` without the ending: the board, and what is not its default. */
  name: string
  boardName: BoardName
  board: BoardDescription
  imu: PodImuName
  bus: BusDescription
  highG: HighGName | null
  /** Output rates it can run at, Hz; the first is the default. */
  rates: number[]
}

/** @throws Error that says what the board has instead */
export function targetOf(request: TargetRequest | BoardName): Target {
  const {
    board: boardName,
    imu: wantedImu,
    bus: wantedBus,
    highG = null,
  } = typeof request === 'string' ? ({ board: request } as TargetRequest) : request
  if (!Object.hasOwn(BOARDS, boardName))
    throw new Error(`no board ${boardName}: there are ${Object.keys(BOARDS).join(', ')}`)
  const board = boardOf(boardName)
  const imu = wantedImu ?? board.imus[0]!
  if (!board.imus.includes(imu))
    throw new Error(`${board.title} cannot have ${imu}: it can have ${board.imus.join(', ')}`)
  const bus = wantedBus === undefined ? board.buses[0]! : board.buses.find(({ kind }) => kind === wantedBus)
  if (!bus)
    throw new Error(
      `${board.title} has no ${wantedBus}: it has ${board.buses.map(({ kind }) => kind).join(', ')}`,
    )
  if (highG !== null && bus.kind === 'puck')
    throw new Error(
      `${board.title} reaches its IMU on wires of its own: a second accelerometer needs another board`,
    )
  return {
    name: [
      boardName,
      ...(imu === board.imus[0] ? [] : [imu]),
      ...(bus === board.buses[0] ? [] : [bus.kind]),
      ...(highG ? [highG] : []),
    ].join('-'),
    boardName,
    board,
    imu,
    bus,
    highG,
    rates: ratesOf(board, imu),
  }
}

/** The IMU's rates, the board's default (or the nearest the IMU has) first. */
function ratesOf(board: BoardDescription, imu: PodImuName): number[] {
  const rates = POD_IMUS[imu].rates.filter((rate) => rate <= board.fastestHz)
  const first = rates.reduce((best, rate) =>
    Math.abs(rate - board.defaultHz) < Math.abs(best - board.defaultHz) ? rate : best,
  )
  return [first, ...rates.filter((rate) => rate !== first)]
}
