import { connection, nowMs } from './app.ts'
import { words } from './words.ts'

/** One line when the host is out of reach or has refused something; nothing otherwise. */
export function LinkLine() {
  const problem = connection.problem.value
  if (connection.link.value === 'lost') {
    const seconds = Math.max(1, Math.ceil((connection.retryAtMs.value - nowMs.value) / 1000))
    return (
      <div class="line bad" role="status">
        <b>{words.state.disconnected}</b> {words.state.disconnectedWhat(seconds)}
        <button type="button" class="btn" onClick={() => connection.tryNow()}>
          {words.action.tryNow}
        </button>
      </div>
    )
  }
  if (!problem) return null
  return (
    <div class="line attn" role="status">
      <b>▲ {words.error[problem.code]}</b> {problem.message}
      <button
        type="button"
        class="btn"
        onClick={() => {
          connection.problem.value = null
        }}
      >
        {words.action.close}
      </button>
    </div>
  )
}
