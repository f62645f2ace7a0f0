/** What the system says when a port does not open, and what to do about it. */
const WORDS: readonly [RegExp, string][] = [
  [/no such file|file not found/i, 'there is no such port; footfall pods lists those there are'],
  [
    /permission denied|access denied/i,
    'no permission to open it; on Linux join its group (sudo usermod -aG dialout $USER) and log in again',
  ],
  [
    /cannot lock|temporarily unavailable|resource busy/i,
    'another program has it open; close that program, or the other Footfall',
  ],
  [
    /inappropriate ioctl|not a tty|invalid argument/i,
    'this is no serial port; footfall pods lists those there are',
  ],
]

/** The error of a port that did not open, in words that say what to do; what is not known stays as it was said. */
export function portProblem(path: string, error: Error): Error {
  const words = WORDS.find(([pattern]) => pattern.test(error.message))?.[1]
  return words === undefined ? error : new Error(`${path}: ${words}`)
}
