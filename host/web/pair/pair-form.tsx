import { useSignal } from '@preact/signals'
import { connection } from '../app.ts'
import { go } from '../router.ts'
import { words } from '../words.ts'
import { pair, problem } from './pairing.ts'

const w = words.pair

/** What a screen can be. The runner's stops and begins a run; a second view looks. */
const KINDS = {
  runner: { role: 'control', path: '/run' },
  second: { role: 'view', path: '/live' },
} as const
type Kind = keyof typeof KINDS

/** A tablet's first page. The code comes with the scanned address, or is typed. */
export function PairForm() {
  const kind = useSignal<Kind>('runner')
  const name = useSignal<string | null>(null)
  const code = useSignal(location.hash.slice(1))
  const send = async (): Promise<void> => {
    const { role, path } = KINDS[kind.value]
    if (!(await pair(code.value, name.value?.trim() || w.kinds[kind.value].name, role))) return
    connection.tryNow()
    go(path, 'replace')
  }
  return (
    <form
      class="card pairform"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <h1>{w.whatIsThis}</h1>
      <fieldset>
        <legend class="sr">{w.whatIsThis}</legend>
        {(Object.keys(KINDS) as Kind[]).map((one) => (
          <label key={one} class="kind">
            <input
              type="radio"
              name="kind"
              checked={kind.value === one}
              onChange={() => {
                kind.value = one
              }}
            />
            <span>
              <b>{w.kinds[one].name}</b>
              <small>{w.kinds[one].what}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <label>
        {w.name}
        <input
          maxLength={40}
          value={name.value ?? w.kinds[kind.value].name}
          onInput={(event) => {
            name.value = event.currentTarget.value
          }}
        />
      </label>
      <label>
        {w.typeCode}
        <input
          class="letters num"
          required
          maxLength={4}
          autocapitalize="characters"
          autocomplete="off"
          spellcheck={false}
          value={code.value}
          onInput={(event) => {
            code.value = event.currentTarget.value.toUpperCase()
          }}
        />
      </label>
      {problem.value && (
        <p class="refused" role="alert">
          ✕ {words.error[problem.value.code]} {problem.value.message}
        </p>
      )}
      <button type="submit" class="btn primary">
        {w.pair}
      </button>
    </form>
  )
}
