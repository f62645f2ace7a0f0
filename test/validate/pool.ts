import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { SessionScore } from './score.ts'
import type { SessionJob } from './session.ts'

type Answer = { score: SessionScore } | { failed: string }

/**
 * Scores of all jobs, in their order, on every core.
 * @throws Error naming the session that could not be run
 */
export async function scoreAll(
  jobs: readonly SessionJob[],
  onDone: (done: number, name: string) => void,
): Promise<SessionScore[]> {
  const scores = new Array<SessionScore>(jobs.length)
  let next = 0
  let done = 0
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url))
    try {
      while (next < jobs.length) {
        const at = next++
        const answer = once(worker, 'message')
        worker.postMessage(jobs[at]!)
        const [message] = (await answer) as [Answer]
        if ('failed' in message) throw new Error(message.failed)
        scores[at] = message.score
        onDone(++done, jobs[at]!.name)
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, work))
  return scores
}
