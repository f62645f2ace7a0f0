import type { PairedScreen } from '../../server/messages.ts'
import { words } from '../words.ts'
import { grant, pairing, problem, revoke, screens } from './pairing.ts'

const w = words.pair

/** Which screens may see this host, what each may do, and how to drop one. */
export function Screens() {
  if (!pairing.value?.lan) return null
  return (
    <section class="card screens">
      <h2>{w.paired}</h2>
      {screens.value.length === 0 ? (
        <p class="muted">{w.none}</p>
      ) : (
        <ul>
          {screens.value.map((screen) => (
            <Screen key={screen.id} screen={screen} />
          ))}
        </ul>
      )}
      {problem.value && <p role="status">▲ {problem.value.message}</p>}
      <p class="small faint">{w.forgotten}</p>
    </section>
  )
}

function Screen({ screen: { id, name, role, asked, connected } }: { screen: PairedScreen }) {
  return (
    <li>
      <div class="row">
        <b>{name}</b>
        <span class={connected > 0 ? 'tag good' : 'tag'}>{connected > 0 ? `✓ ${w.seen}` : w.away}</span>
        <span class="tag">{w.roles[role]}</span>
        <span class="grow" />
        {role === 'control' && (
          <button type="button" class="btn" onClick={() => void grant(id, 'view')}>
            {w.lookOnly}
          </button>
        )}
        <button type="button" class="btn" aria-label={w.dropOf(name)} onClick={() => void revoke(id)}>
          {w.drop}
        </button>
      </div>
      {role === 'view' && asked === 'control' && (
        <p class="ask" role="status">
          <span>▲ {w.wishes(name)}</span>
          <button type="button" class="btn primary" onClick={() => void grant(id, 'control')}>
            {w.allow}
          </button>
          <button type="button" class="btn" onClick={() => void grant(id, 'view')}>
            {w.lookOnly}
          </button>
        </p>
      )}
    </li>
  )
}
