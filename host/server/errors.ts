import type { ErrorCode, ErrorMessage } from './messages.ts'

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
