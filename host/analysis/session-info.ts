/** Said between two frames: the belt goes this fast from here on. */
export interface BeltChange {
  /** Session time. */
  fromS: number
  speedMPerS: number
}

/** What is known of a session beside its frames; stored in the recording, read from `session.json` on import. */
export interface SessionInfo {
  id: string
  activity: 'running' | 'walking' | null
  /** ISO 8601; `null` for imports that do not say. */
  startedAt: string | null
  subject: Record<string, unknown>
  treadmill: { speedMPerS?: number; inclinePct?: number; [key: string]: unknown }
  /** Session times of a standing period that is known to be one; otherwise the quiet stretch is found. */
  standing: { fromS: number; toS: number } | null
  /** Overrides of the analysis settings, by name. */
  settings: Record<string, unknown>
  software: string
}
