import { PLACES } from '../../shared/places.ts'
import type { FeedState, PodLive } from '../server/messages.ts'

/** `ready`: heard, and not asked for samples yet. `silent`: samples are due and none come. */
export type PodState = 'missing' | 'ready' | 'streaming' | 'silent'

export function podState(pod: PodLive | undefined, phase: FeedState['phase'] | undefined): PodState {
  if (pod === undefined) return 'missing'
  if (pod.streaming) return 'streaming'
  return phase === 'recording' || phase === 'playing' ? 'silent' : 'ready'
}

/** 0 pods on, 1 stand still, 2 start running, 3 all done. Pure. */
export function currentStep(pods: readonly PodLive[], stances: number, stood = false): 0 | 1 | 2 | 3 {
  if (stances > 0) return pods.every((pod) => pod.alignment !== null) ? 3 : 2
  if (stood) return 2
  return pods.length === PLACES.length ? 1 : 0
}
