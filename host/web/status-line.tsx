import type { ComponentChildren } from 'preact'

interface Props {
  /** Glyph and word of the state, and its look. */
  tag: string
  look: string
  what: string
  children?: ComponentChildren
}

/** The state's glyph and word and one line beside it, in the place where the numbers are. */
export const StatusLine = ({ tag, look, what, children }: Props) => (
  <p class="status">
    {tag !== '' && <span class={`tag ${look}`}>{tag}</span>}
    <span class="what" title={what}>
      {what}
    </span>
    {children}
  </p>
)
