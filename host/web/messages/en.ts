import * as alerts from './en/alerts.ts'
import * as body from './en/body.ts'
import * as change from './en/change.ts'
import { legs3d } from './en/legs-3d.ts'
import * as live from './en/live.ts'
import { pair } from './en/pair.ts'
import { pods } from './en/pods.ts'
import { recordings } from './en/recordings.ts'
import { replay } from './en/replay.ts'
import { run } from './en/run.ts'
import { sessions } from './en/sessions.ts'
import { settings } from './en/settings.ts'
import * as shell from './en/shell.ts'

/** English: every word the companion shows or speaks. Says what moved, where, when and how much; never what it means for health. */
export const en = {
  ...shell,
  ...body,
  ...live,
  ...change,
  ...alerts,
  legs3d,
  pair,
  pods,
  run,
  sessions,
  recordings,
  replay,
  settings,
}

/** What another language must have, to the last parameter: `export const de = { … } satisfies Messages`. */
export type Messages = typeof en
