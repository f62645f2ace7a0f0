import { type Shown, shown } from './app.ts'
import { Choice } from './choice.tsx'
import { words } from './words.ts'

const CHOICES: readonly Shown[] = [6, 12, 60]

/** How many of the last strides are drawn and averaged. */
export function ShownChoice({ class: look = '' }: { class?: string }) {
  return (
    <div class={look}>
      <Choice
        label={words.shown.label}
        quiet
        options={CHOICES.map((n) => [n, n === 60 ? words.shown.all : words.shown.last(n)] as const)}
        value={shown.value}
        onChoose={(n) => {
          shown.value = n
        }}
      />
    </div>
  )
}
