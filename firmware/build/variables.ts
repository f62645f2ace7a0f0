import { CRC_BYTES, HEADER_BYTES } from '../../shared/frame.ts'
import { POD_IMUS } from './imus.ts'
import type { Target } from './target.ts'

/**
 * Interpreter variables the running program takes beside its ring. On the interpreter's Linux build, whose variables hold twice as much, it
 * took 250; functions run from flash, so that code costs little.
 */
const PROGRAM = 400
/** A kept frame's two views, its object and its place in the list. */
const SLOT = 9

/** Variables the program takes of those the board has: an estimate, for the table and for the stand-in. */
export function variablesTaken({ board, imu }: Target): number {
  const bytes = HEADER_BYTES + POD_IMUS[imu].burstBytes + CRC_BYTES
  return PROGRAM + board.ring * (SLOT + Math.ceil(bytes / board.variableBytes))
}
