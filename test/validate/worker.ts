import { parentPort } from 'node:worker_threads'
import { type SessionJob, scoreSession } from './session.ts'

/** Scores one session at a time; a failure goes back as its message. */
parentPort?.on('message', (job: SessionJob) => {
  scoreSession(job).then(
    (score) => parentPort?.postMessage({ score }),
    (error: Error) => parentPort?.postMessage({ failed: `${job.name}: ${error.message}` }),
  )
})
