import { highGSelect, select, spi } from '../board.ts'
import type { Pin } from '../espruino.d.ts'

/** What is sent while so many bytes are read; made once for each length. */
const sent: Record<number, Uint8Array> = {}

/** The answer's first byte came while the register's number went out. An IMU that is not there reads as ones or zeros. */
function transfer(first: number, count: number, chip: Pin): Uint8Array {
  const bytes = sent[count] || new Uint8Array(count + 1)
  sent[count] = bytes
  bytes[0] = first
  return new Uint8Array(spi.send(bytes, chip).buffer, 1, count)
}

/** ST: the top bit says read, and the register's number goes up by itself. */
export function read(register: number, count: number): Uint8Array {
  return transfer(register | 0x80, count, select)
}

/** The read of the hot path. */
export function hotRead(): (register: number, count: number) => Uint8Array {
  return read
}

export function write(register: number, value: number): void {
  spi.send([register, value], select)
}

/** ADXL372: the register's number in the upper seven bits, the lowest says read. */
export function readHighG(register: number, count: number): Uint8Array {
  return transfer((register << 1) | 1, count, highGSelect)
}

export function writeHighG(register: number, value: number): void {
  spi.send([register << 1, value], highGSelect)
}
