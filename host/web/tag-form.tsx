import { computed, signal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { Mark, Tag } from '../server/messages.ts'
import { connection, session } from './app.ts'
import { type Conditions, conditionsNow, namedBefore, tagOf } from './conditions.ts'
import { tagWords } from './tag-words.ts'
import { words } from './words.ts'

/** How the runner runs now. */
export const conditions = computed(() => conditionsNow(session.state.value, session.marks.value))

/** What a mark says on the page. */
export function markWords({ kind, text, tag }: Mark): string {
  if (kind === 'baseline') return text === 'set' ? words.usual.name : ''
  return tag ? tagWords(tag) : text
}

/** A replay takes marks too, and keeps them beside the recording. */
export const canMark = computed(() => {
  const state = session.state.value
  return connection.link.value === 'open' && (state?.phase === 'recording' || state?.source === 'replay')
})

const FIELDS = [
  { name: 'shoe', kind: 'text' },
  { name: 'orthotic', kind: 'text' },
  { name: 'speedMPerS', kind: 'decimal' },
  { name: 'inclinePct', kind: 'decimal' },
  { name: 'pain', kind: 'decimal' },
  { name: 'note', kind: 'text' },
] as const

const LIMITS = {
  speedMPerS: { min: 0.1, max: 15, step: 'any' },
  inclinePct: { min: -30, max: 40, step: 'any' },
  pain: { min: 0, max: 10, step: 1 },
} as const

/** The form as the page has it. It is always there, so that it can be shown and have the focus before the key that opens it is up. */
let form: HTMLFormElement | null = null
let before: Element | null = null
const open = signal(false)

export function openTagForm(field: keyof Tag = 'shoe'): void {
  if (form === null || open.value || !canMark.value) return
  fill(form, conditions.value)
  before = document.activeElement
  form.showPopover()
  open.value = true
  const input = inputOf(form, field)
  input.focus()
  input.select()
}

export function closeTagForm(): void {
  if (!open.value) return
  open.value = false
  form?.hidePopover()
  // a hidden field keeps the focus until the next frame, and with it the keys
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  if (before instanceof HTMLElement && before.isConnected) before.focus()
}

const inputOf = (of: HTMLFormElement, name: keyof Tag): HTMLInputElement =>
  of.elements.namedItem(name) as HTMLInputElement

function fill(of: HTMLFormElement, now: Conditions): void {
  for (const { name } of FIELDS) inputOf(of, name).value = ''
  inputOf(of, 'shoe').value = now.shoe ?? ''
  inputOf(of, 'orthotic').value = now.orthotic ?? ''
  inputOf(of, 'speedMPerS').value = now.speedMPerS?.toString() ?? ''
  inputOf(of, 'inclinePct').value = now.inclinePct?.toString() ?? ''
}

function save(of: HTMLFormElement): void {
  const fields = Object.fromEntries(FIELDS.map(({ name }) => [name, inputOf(of, name).value]))
  const tag = tagOf(fields as Record<keyof Tag, string>, conditions.value)
  if (tag !== null) connection.send({ type: 'mark', kind: 'tag', text: tagWords(tag).slice(0, 200), tag })
  closeTagForm()
}

/** What is different from now on, in one row over the second one: nothing of the charts is hidden. */
export function TagForm() {
  const id = useId()
  const now = conditions.value
  return (
    <form
      ref={(element) => {
        form = element
      }}
      class="tagform"
      popover="manual"
      aria-label={words.tag.title}
      onSubmit={(event) => {
        event.preventDefault()
        save(event.currentTarget)
      }}
    >
      {FIELDS.map(({ name, kind }) => (
        <div key={name} class={`tagfield ${name}`}>
          <label for={id + name}>{words.tag.field[name]}</label>
          {kind === 'text' ? (
            <input
              id={id + name}
              name={name}
              maxLength={200}
              autocomplete="off"
              list={name === 'note' ? undefined : `${id}${name}s`}
            />
          ) : (
            <input
              id={id + name}
              name={name}
              type="number"
              inputMode="decimal"
              autocomplete="off"
              {...LIMITS[name]}
            />
          )}
        </div>
      ))}
      {(['shoe', 'orthotic'] as const).map((what) => (
        <datalist key={what} id={`${id}${what}s`}>
          {namedBefore(session.marks.value, what, now).map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      ))}
      <button type="submit" class="btn primary">
        {words.action.save} <kbd>↵</kbd>
      </button>
      <button type="button" class="btn quiet" onClick={closeTagForm}>
        {words.action.close} <kbd>Esc</kbd>
      </button>
    </form>
  )
}
