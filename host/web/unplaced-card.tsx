import { connection, session } from './app.ts'
import { words } from './words.ts'

/** Pods that do not know where they are worn, or claim a place that another has. */
export function UnplacedCard() {
  const pods = session.unplaced.value
  if (pods.length === 0) return null
  return (
    <section class="card unplaced" role="status">
      <h2>▲ {words.pods.unplaced}</h2>
      <p class="small muted">{words.pods.unplacedWhat}</p>
      <ul>
        {pods.map(({ id, port, claims }) => (
          <li key={id}>
            <span>
              <b>{id}</b>
              <small>
                {port}
                {claims && `, ${words.pods.claims(claims)}`}
              </small>
            </span>
            <button type="button" class="btn" onClick={() => connection.send({ type: 'blink', id })}>
              {words.pods.blink}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
