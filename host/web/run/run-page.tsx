import { useEffect } from 'preact/hooks'
import { refresh } from '../pair/pairing.ts'
import { RunField } from './run-field.tsx'
import { RunSetup } from './run-setup.tsx'
import { leave, run } from './runner.ts'

/** Am I on target, and what do I do? Before and after a run: what to aim at. */
export function RunPage() {
  useEffect(() => {
    void refresh()
    return leave
  }, [])
  return run.value === null ? <RunSetup /> : <RunField run={run.value} />
}
