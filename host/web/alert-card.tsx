import { signal } from '@preact/signals'
import type { Alert } from '../server/messages.ts'
import { connection, session } from './app.ts'
import { WarnIcon } from './icons.tsx'
import { canMark } from './tag-form.tsx'
import { words } from './words.ts'

/** Keys of alerts that were put off; forgotten when they clear. */
const putOff = signal<ReadonlySet<string>>(new Set())

/** The most useful one: what costs numbers first, then the newest. Pure. */
export function mostUseful(alerts: readonly Alert[], without: ReadonlySet<string>): Alert | null {
  const open = alerts.filter(({ key }) => !without.has(key))
  return open.findLast(({ level }) => level === 'bad') ?? open.at(-1) ?? null
}

/** One alert at a time, with one small thing to try. It clears by itself. */
export function AlertCard() {
  const standing = session.alerts.value
  const alert = mostUseful(standing, putOff.value)
  if (alert === null) return null
  const { title, text, tip } = words.alert(alert)
  const notNow = (): void => {
    const known = standing.map(({ key }) => key)
    putOff.value = new Set([...putOff.value, alert.key].filter((key) => known.includes(key)))
  }
  return (
    <section class={`alert ${alert.level === 'bad' ? 'bad' : ''}`} role="status" data-key={alert.key}>
      <WarnIcon />
      <h2>{title}</h2>
      <div class="says-so">
        <p>{text}</p>
        <p>
          <b>{words.tryThis}</b> {tip}
        </p>
      </div>
      <div class="row">
        <button
          type="button"
          class="btn"
          disabled={!canMark.value}
          onClick={() => connection.send({ type: 'mark', text: title })}
        >
          {words.action.mark}
        </button>
        <button type="button" class="btn quiet" onClick={notNow}>
          {words.notNow}
        </button>
      </div>
    </section>
  )
}
