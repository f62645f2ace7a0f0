export type FlashProblem =
  | 'absent'
  | 'silent'
  | 'gone'
  | 'refused'
  | 'locked'
  | 'busy'
  | 'board'
  | 'old'
  | 'occupied'
  | 'full'
  | 'damaged'

/** Why a program did not get onto a board; the message says what to do and what is on the board now. */
export class FlashError extends Error {
  override name = 'FlashError'
  readonly problem: FlashProblem

  constructor(problem: FlashProblem, message: string) {
    super(message)
    this.problem = problem
  }
}
