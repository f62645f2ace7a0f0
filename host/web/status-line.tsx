import type { LegStatus } from './leg-status.ts'

/** The state's glyph and word, and one line beside it, in the place where the numbers are. */
export function StatusLine({ status }: { status: LegStatus }) {
  return (
    <p class="status">
      {status.tag !== '' && <span class={`tag ${status.look}`}>{status.tag}</span>}
      <span class="what" title={status.what}>
        {status.what}
      </span>
    </p>
  )
}
