import type { SessionInfo } from '../../host/analysis/session-info.ts'

/** A session of which nothing is known but that somebody runs. */
export const bareInfo: SessionInfo = {
  id: 'test',
  activity: 'running',
  startedAt: null,
  subject: {},
  treadmill: {},
  standing: null,
  settings: {},
  software: 'test',
}
