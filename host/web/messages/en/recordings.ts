/** Two recordings beside each other. */
export const recordings = {
  title: 'Compare two recordings',
  pick: (name: string) => `Choose ${name} to compare`,
  compare: 'Compare',
  pickTwo: 'Choose two sessions to compare',
  choose: 'Which two recordings?',
  chooseWhat: 'Choose A and B here, or tick two in the list of sessions.',
  tooFew: (n: number) =>
    n === 0
      ? 'There is no recording yet. Record two sessions, then compare them here.'
      : 'There is one recording. Record another, then compare them here.',
  same: 'These are the same recording twice.',
  toSessions: 'Go to Sessions',
  looking: (name: string) => `Looking through ${name}: the first time takes a while.`,
  missing: (name: string) => `“${name}” is not there, or cannot be read.`,
  noStrides: (name: string) => `“${name}” holds no strides that can be compared.`,
  stretch: (letter: string) => `Stretch of ${letter}`,
  strides: (left: string, right: string) => `${left} left, ${right} right strides`,
  unlike: 'Not the same conditions:',
  differ: {
    runner: 'another runner',
    shoe: 'another shoe',
    orthotic: 'another orthotic',
    speedMPerS: 'another speed',
    inclinePct: 'another incline',
    pods: 'other pods',
  },
  fromTo: (what: string, a: string, b: string) => `${what} (${a}, then ${b})`,
  notSaid: 'not said',
  rail: (leg: string, a: string, b: string) => `${leg}: shoe peaks at ${a} in A, at ${b} in B`,
  timing: 'Peak timing',
  note: 'Grey: within the smallest difference these pods can tell (95 %) when they were taken off and put on anew. ± is the uncertainty of a mean (1 SD). A difference says what moved differently, not what it means for health.',
}
