import { useEffect } from 'preact/hooks'
import { words } from '../words.ts'
import { Invitation } from './invitation.tsx'
import { pairing, refresh, screens } from './pairing.ts'

const w = words.pair

/** On the Pods page of a host that listens in the network: how the tablet gets in. */
export function PairCard() {
  useEffect(() => {
    void refresh()
  }, [])
  if (pairing.value?.role !== 'host' || !pairing.value.lan) return null
  return (
    <div class="paircard">
      <Invitation />
      <a class="btn" href="/pair">
        {w.pairedCount(screens.value.length)}
      </a>
    </div>
  )
}
