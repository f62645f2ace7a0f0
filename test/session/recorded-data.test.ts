import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importFolder } from '../../host/session/import.ts'
import { openSession } from '../../host/session/open.ts'
import { framesOf, scratch } from './sessions.ts'

/** Real recordings by others, kept beside the checkout and never in it. */
const data = resolve(process.env.FOOTFALL_DATA ?? '../shared/data')
const sets = existsSync(data)
  ? readdirSync(data).filter((set) => existsSync(join(data, set, 'sessions')))
  : []
const trials = sets.flatMap((set) =>
  readdirSync(join(data, set, 'sessions')).map((trial) => [set, trial] as const),
)

describe.skipIf(trials.length === 0)(
  `recorded data of others (skipped when there is none at ${data})`,
  () => {
    test.each(trials)('%s %s is accepted', async (set, trial) => {
      const source = await openSession(join(data, set, 'sessions', trial))
      expect(source.durationS).toBeGreaterThan(5)
    })

    test.each(sets)('%s: imported and read back the same', async (set) => {
      const folder = join(data, set, 'sessions', readdirSync(join(data, set, 'sessions'))[0]!)
      const out = join(await scratch(), 'a.mcap')
      await importFolder(folder, out)
      const [here, there] = [await framesOf(folder), await framesOf(out)]
      expect(there.length).toBe(here.length)
      const same = here.every(
        ({ bytes, arrivalS }, i) =>
          there[i]!.arrivalS === arrivalS && Buffer.from(bytes).equals(there[i]!.bytes),
      )
      expect(same).toBe(true)
    })
  },
)
