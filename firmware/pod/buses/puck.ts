import type { PuckBoard } from '../espruino.d.ts'

declare const Puck: PuckBoard

/** Puck.js: its IMU sits on wires that only these functions reach. An IMU that does not answer reads as ones. */
export function read(register: number, count: number): Uint8Array {
  return Puck.accelRd(register, count)
}

export function write(register: number, value: number): void {
  Puck.accelWr(register, value)
}

/** The read of the hot path: the interpreter's own function, so that no step of ours stands before it. */
export function hotRead(): (register: number, count: number) => Uint8Array {
  return Puck.accelRd
}
