import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

interface Props<T> {
  label: string
  /** The label is read but not shown: the place says it already. */
  quiet?: boolean
  options: readonly (readonly [value: T, word: ComponentChildren])[]
  value: T
  onChoose: (value: T) => void
  disabled?: boolean
}

/** One of a few, all of them in sight. */
export function Choice<T>({ label, quiet = false, options, value, onChoose, disabled = false }: Props<T>) {
  const name = useId()
  return (
    <fieldset class="choice" disabled={disabled}>
      <legend class={quiet ? 'sr' : ''}>{label}</legend>
      <div class="seg">
        {options.map(([option, word]) => (
          <label key={String(option)}>
            <input
              type="radio"
              class="sr"
              name={name}
              checked={option === value}
              onChange={() => onChoose(option)}
            />
            <span>{word}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
