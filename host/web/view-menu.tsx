import type { Signal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { asTable, connection, session } from './app.ts'
import { Choice } from './choice.tsx'
import { LOWER_CURVES } from './curves.ts'
import { legsOpen } from './legs-3d.tsx'
import { normWanted } from './norms.ts'
import { ShownChoice } from './shown-choice.tsx'
import { clearUsual, setUsual, usualWanted } from './usual.ts'
import { inOne, lower } from './views.ts'
import { words } from './words.ts'

const KEY_OF = { tibialRotationDeg: '1', tibialAxialG: '2', dorsiflexionDeg: '4' } as const

/** What is drawn and how; every choice has its key. */
export function ViewMenu() {
  const id = useId()
  return (
    <>
      <button type="button" class="btn" popovertarget={id}>
        {words.view.name}
      </button>
      <section id={id} popover="auto" class="menu card" aria-label={words.view.name}>
        <ShownChoice class="narrow" />
        <Choice
          label={words.view.lower}
          options={LOWER_CURVES.map(
            (name) =>
              [
                name,
                <span key={name}>
                  {words.curveShort[name]} <kbd>{KEY_OF[name]}</kbd>
                </span>,
              ] as const,
          )}
          value={lower.value}
          onChoose={(name) => {
            lower.value = name
          }}
        />
        <Choice
          label={words.view.legs}
          options={[
            [false, words.view.beside],
            [
              true,
              <span key="one">
                {words.view.inOne} <kbd>S</kbd>
              </span>,
            ],
          ]}
          value={inOne.value}
          onChoose={(one) => {
            inOne.value = one
          }}
        />
        <div class="toggles">
          <Toggle
            choice={usualWanted}
            word={words.view.usual}
            hint="U"
            disabled={session.baseline.value === null}
          />
          <Toggle choice={normWanted} word={words.view.norm} hint="N" />
          <Toggle choice={legsOpen} word={words.legs3d.toggle} hint="3" />
          <Toggle choice={asTable} word={words.view.table} hint="D" />
        </div>
        <div class="row">
          <button type="button" class="btn" disabled={connection.link.value !== 'open'} onClick={setUsual}>
            {session.baseline.value === null ? words.usual.set : words.usual.setAnew}
          </button>
          <button type="button" class="btn" disabled={session.baseline.value === null} onClick={clearUsual}>
            {words.usual.clear}
          </button>
        </div>
        <p class="xs faint">{words.usual.setWhat}</p>
      </section>
    </>
  )
}

interface ToggleProps {
  choice: Signal<boolean>
  word: string
  hint: string
  disabled?: boolean
}

const Toggle = ({ choice, word, hint, disabled = false }: ToggleProps) => (
  <label class="check">
    <input
      type="checkbox"
      checked={choice.value}
      disabled={disabled}
      onChange={(event) => {
        choice.value = event.currentTarget.checked
      }}
    />
    {word} <kbd>{hint}</kbd>
  </label>
)
