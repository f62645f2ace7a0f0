import { normBand, normWanted } from './norms.ts'
import { speed } from './settings.ts'
import { conditions } from './tag-form.tsx'
import { Tip } from './tip.tsx'
import { words } from './words.ts'

/** Whose band is drawn, or that there is none for this speed. */
export function NormTip() {
  if (!normWanted.value) return null
  const band = normBand('eversionDeg')
  const { speedMPerS } = conditions.value
  const at = speedMPerS === undefined ? words.norm.noSpeed : words.norm.none(speed(speedMPerS))
  if (band === null) return <span class="normtip">{at}</span>
  const { citation, people, definition } = band.source
  return (
    <Tip class="normtip" says={words.norm.source(citation, people, definition)}>
      {words.norm.title}
    </Tip>
  )
}
