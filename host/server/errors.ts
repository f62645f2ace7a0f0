const ERROR_CODES = [
  'not-json',
  'bad-message',
  'refused',
  'not-allowed',
  'not-paired',
  'wrong-code',
  'too-many-tries',
  'no-recording',
  'too-many-replays',
  'too-many-viewers',
  'unknown-host',
  'foreign-origin',
  'not-found',
  'failed',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** The same shape answers a bad message on the socket and a bad request over HTTP. */
export interface ErrorMessage {
  type: 'error'
  code: ErrorCode
  /** What happened and what to do. */
  message: string
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  'unknown-host': 403,
  'foreign-origin': 403,
  'not-found': 404,
  'not-allowed': 403,
  'wrong-code': 403,
  'not-paired': 401,
  'too-many-tries': 429,
  'no-recording': 404,
  'too-many-replays': 503,
  failed: 500,
}

/** An error whose words may be shown to a user. */
export class ApiError extends Error {
  readonly code: ErrorCode
  readonly statusCode: number

  constructor(code: ErrorCode, message: string) {
    super(message)
    this.code = code
    this.statusCode = STATUS[code] ?? 400
  }

  toMessage(): ErrorMessage {
    return { type: 'error', code: this.code, message: this.message }
  }
}
