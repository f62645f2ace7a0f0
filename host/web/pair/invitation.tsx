import { clock } from '../format.ts'
import { words } from '../words.ts'
import { type Pairing, pairing } from './pairing.ts'

const w = words.pair

/** To the host's own screen: address and code, to scan or to type. */
export function Invitation() {
  const now = pairing.value
  if (now?.role !== 'host') return null
  return (
    <section class="card invitation">
      <h2>{w.open}</h2>
      {now.lan ? (
        <Code invitation={now} />
      ) : (
        <p>
          <b>{w.alone}</b> {w.aloneWhat}
        </p>
      )}
    </section>
  )
}

function Code({ invitation: { url = '', code = '', lapsesS = 0, qr = '' } }: { invitation: Pairing }) {
  return (
    <div class="code">
      {/* another code is another picture */}
      <img key={code} src={`${qr}?${code}`} alt={w.qr} width={168} height={168} />
      <div>
        <p>
          {w.how}
          <br />
          <b class="num">{url.replace(/^http:\/\/|\/$/g, '')}</b>
        </p>
        <p class="letters num" aria-label={w.spelt(code)} role="img">
          {code}
        </p>
        <p class="small muted">
          {w.lapses(clock(lapsesS))} {w.stays}
        </p>
      </div>
    </div>
  )
}
