import type { FeedState, PodLive } from '../server/messages.ts'

/** `ready`: heard, and not asked for samples yet. `silent`: samples are due and none come. */
export type PodState = 'missing' | 'ready' | 'streaming' | 'silent'

export function podState(pod: PodLive | undefined, phase: FeedState['phase'] | undefined): PodState {
  if (pod === undefined) return 'missing'
  if (pod.streaming) return 'streaming'
  return phase === 'recording' || phase === 'playing' ? 'silent' : 'ready'
}
