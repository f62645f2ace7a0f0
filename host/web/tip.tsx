import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

/** A word that says more when the pointer rests on it or it has the focus. */
export function Tip({
  says,
  class: look = '',
  children,
}: {
  says: string
  class?: string
  children: ComponentChildren
}) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is said on hover must be reachable by keyboard
    <span class={`tip ${look}`} tabIndex={0} aria-describedby={id}>
      {children}
      <span class="tipbox" role="tooltip" id={id}>
        {says}
      </span>
    </span>
  )
}
