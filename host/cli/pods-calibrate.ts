import type { Hello } from '../../shared/messages.ts'
import { PodError, type PodLink } from '../link/pod-link.ts'
import { CalibrationError, type CalibrationFit } from '../motion/calibration-fit.ts'
import type { StillPose } from '../motion/calibration-poses.ts'
import { encodeCalibration, NO_CALIBRATION } from '../motion/calibration-text.ts'
import { CalibrationRun, EDGES } from './calibration-run.ts'
import { verdict } from './calibration-verdict.ts'
import { type OnePort, withPod } from './pods-place.ts'

/** Without a new pose for so long the user is told again what is wanted, and for so long is given up, ms. */
const REMIND_MS = 15_000
const PATIENCE_MS = 120_000

export interface CalibrateOptions extends OnePort {
  edges?: boolean
  forget?: boolean
}

/** Guides a pod through its six faces and keeps in it what came out. */
export async function podsCalibrate(options: CalibrateOptions): Promise<void> {
  const say = (text: string) => process.stderr.write(`${text}\n`)
  await withPod(options, async (link, hello) => {
    if (options.forget) {
      await link.command('stop')
      await keep(link, hello, NO_CALIBRATION)
    } else process.stdout.write(verdict(await calibratePod(link, hello, options.edges ? EDGES : 0, say)))
    process.stdout.write(`${options.forget ? 'forgotten by' : 'kept in'} pod ${hello.id}\n`)
  })
}

/**
 * Streams until all wanted poses are found, then keeps the calibration in the pod. The pod is stopped in any case.
 * @param edges how many poses beside the six faces
 * @param say one line for the user
 * @throws CalibrationError when poses are missing or disagree, RangeError when the chip cannot be so far off, PodError from the link;
 *   nothing has been kept then
 */
export async function calibratePod(
  link: PodLink,
  hello: Hello,
  edges: number,
  say: (text: string) => void,
  patienceMs = PATIENCE_MS,
): Promise<CalibrationFit> {
  say(
    `pod ${hello.id}: lay it on each of its six sides${edges > 0 ? ` and on ${edges} of its edges` : ''}, on something that does not move. ` +
      'Leave it alone for two seconds each time, and turn it by hand from one to the next.',
  )
  const run = await findPoses(link, edges, say, patienceMs).finally(() =>
    link.command('stop').catch(() => {}),
  )
  const fit = run.fit()
  await keep(link, hello, encodeCalibration(fit.calibration))
  return fit
}

/** Tells a pod that does not stream. @throws PodError when it does not say that it keeps it */
async function keep(link: PodLink, { id }: Hello, cal: string): Promise<void> {
  await link.command('set', { cal })
  if (link.hellos.get(id)?.cal !== cal)
    throw new PodError(
      `pod ${id} cannot keep a calibration: give it the present firmware, footfall firmware build`,
    )
}

function findPoses(
  link: PodLink,
  edges: number,
  say: (text: string) => void,
  patienceMs: number,
): Promise<CalibrationRun> {
  return new Promise((resolve, reject) => {
    let poses = 0
    const run = new CalibrationRun(edges, (pose) => {
      poses++
      say(`${poses}: ${nameOf(pose)}${run.isComplete ? '. That is all' : `; still wanted: ${wanted(run)}`}`)
      reminder.refresh()
      patience.refresh()
    })
    const reminder = setInterval(() => say(`nothing new lies still; still wanted: ${wanted(run)}`), REMIND_MS)
    const finish = (end: () => void) => {
      clearInterval(reminder)
      clearTimeout(patience)
      process.off('SIGINT', interrupted)
      frames.unsubscribe()
      end()
    }
    const fail = (error: Error) => finish(() => reject(error))
    const patience = setTimeout(
      () => fail(new CalibrationError(`given up, nothing was kept; still wanted: ${wanted(run)}`)),
      patienceMs,
    )
    const interrupted = () => fail(new CalibrationError('stopped, nothing was kept'))
    process.on('SIGINT', interrupted)
    const frames = link.frames.subscribe({
      next: ({ bytes, arrivalS }) => {
        run.push(bytes, arrivalS)
        if (run.isComplete) finish(() => resolve(run))
      },
      complete: () => fail(new PodError(`${link.name}: the port has gone, nothing was kept`)),
    })
    link.start().catch(fail)
  })
}

const nameOf = ({ face }: StillPose): string => (face === null ? 'on an edge' : `${face} up`)

function wanted(run: CalibrationRun): string {
  const { faces, edges } = run.wanted
  return [faces.length > 0 ? `${faces.join(' ')} up` : '', edges > 0 ? `${edges} on an edge` : '']
    .filter((text) => text !== '')
    .join(', ')
}
