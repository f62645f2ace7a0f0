import { read } from '../bus.ts'

/**
 * ST's FIFO of tagged words: seven bytes each, a tag and three axes. The tag's upper five bits say which sensor, the next two count
 * the time slots: the words of one sample have the same count (AN5192, chapter 9).
 */
export const WORD_BYTES = 7
export const FIFO_DATA = 0x78
/** Of the status: full now, or full since it was last asked. */
export const FIFO_OVERRUN = 0x48
/** The words of a burst's first sample are of one time slot when these bits of their tags agree. */
export const SLOT_COUNT = 0x06

/** Samples given up on overrun, so that the FIFO has room while it is brought back into step and read. */
const SPARE_SAMPLES = 6

/** Gives up as many words as a sample has, and then what is left of the last one's slot. True: this cannot fail. */
export function realignSlots(status: Uint8Array, words: number): boolean {
  if (status[1]! & FIFO_OVERRUN) read(FIFO_DATA, SPARE_SAMPLES * words * WORD_BYTES)
  const bytes = read(FIFO_DATA, WORD_BYTES * words)
  const last = bytes[WORD_BYTES * (words - 1)]! & SLOT_COUNT
  let first = words - 1
  while (first > 0 && (bytes[WORD_BYTES * (first - 1)]! & SLOT_COUNT) === last) first--
  if (first > 0) read(FIFO_DATA, WORD_BYTES * first)
  return true
}
