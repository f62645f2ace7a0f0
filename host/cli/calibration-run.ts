import {
  emptyHeader,
  FLAG_BREAK,
  HEADER_BYTES,
  readHeader,
  TYPE_HELLO,
  TYPE_SAMPLES,
  TYPE_TIME,
} from '../../shared/frame.ts'
import type { Hello } from '../../shared/messages.ts'
import { PodInlet } from '../analysis/pod-inlet.ts'
import { compositionDefaults } from '../analysis/settings.ts'
import { clockDefaults } from '../clock/pod-clock.ts'
import { readMessage } from '../link/messages.ts'
import { type CalibrationFit, fitCalibration } from '../motion/calibration-fit.ts'
import { missingFaces, PoseFinder, type StillPose } from '../motion/calibration-poses.ts'

/** Poses on no face that a calibration with edges asks for. */
export const EDGES = 6

/** The frames of a pod that is being laid down and turned, up to its calibration. Knows no port and no clock but the frames'. */
export class CalibrationRun {
  readonly #edges: number
  readonly #onPose: (pose: StillPose) => void
  readonly #header = emptyHeader()
  readonly #sample = new Float64Array(6)
  #inlet: PodInlet | null = null
  #finder: PoseFinder | null = null
  #lost = 0
  #announced = 0

  /**
   * @param edges poses wanted beside the six faces
   * @param onPose called once for each new pose
   */
  constructor(edges: number, onPose: (pose: StillPose) => void) {
    this.#edges = edges
    this.#onPose = onPose
  }

  /** What is still wanted: faces, and how many edges. */
  get wanted(): { faces: string[]; edges: number } {
    const poses = this.#finder?.poses ?? []
    const edges = poses.filter(({ face }) => face === null).length
    return { faces: missingFaces(poses), edges: Math.max(0, this.#edges - edges) }
  }

  get isComplete(): boolean {
    const { faces, edges } = this.wanted
    return faces.length === 0 && edges === 0
  }

  /** Takes one whole, verified frame with its arrival in session time, s. The stream begins with the hello of a pod that streams. */
  push(frame: Uint8Array, arrivalS: number): void {
    const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
    const header = readHeader(view, 0, this.#header)
    if (header.type === TYPE_HELLO) {
      const hello = readMessage<Hello>(frame, header.payloadBytes)
      if (hello?.streaming) this.#begin(hello, header.stream)
      return
    }
    const inlet = this.#inlet
    if (inlet?.stream !== header.stream) return
    if (header.type === TYPE_TIME)
      inlet.clock.reply(
        view.getUint32(HEADER_BYTES, true),
        view.getUint32(HEADER_BYTES + 4, true),
        header.timeUs,
        arrivalS,
      )
    if (header.type !== TYPE_SAMPLES) return
    if (header.flags & FLAG_BREAK) this.#finder?.gap()
    inlet.samples(header, view, arrivalS)
  }

  /**
   * @throws CalibrationError when faces are missing or the poses do not agree
   */
  fit(): CalibrationFit {
    const rateHz = this.#inlet?.rateHz ?? this.#inlet?.hello.rateHz ?? 1
    return fitCalibration(this.#finder?.poses ?? [], this.#finder?.turns ?? [], 1 / rateHz)
  }

  #begin(hello: Hello, stream: number): void {
    if (this.#inlet?.stream === stream) return
    const finder = new PoseFinder(hello.rateHz)
    const settings = { ...compositionDefaults, ringS: 1, clock: clockDefaults }
    // what it was calibrated with before is left aside; where it is worn does not matter here
    const bare: Hello = { ...hello, cal: null }
    const inlet = new PodInlet(hello.place ?? 'left-shoe', bare, stream, settings, {
      step: () => this.#take(inlet, finder),
    })
    this.#inlet = inlet
    this.#finder = finder
    this.#lost = 0
    this.#announced = 0
  }

  #take(inlet: PodInlet, finder: PoseFinder): void {
    if (inlet.lost > this.#lost) finder.gap()
    this.#lost = inlet.lost
    const { track } = inlet
    const slot = 3 * track.slot(track.count - 1)
    for (let i = 0; i < 3; i++) {
      this.#sample[i] = track.accel[slot + i]!
      this.#sample[3 + i] = track.rate[slot + i]!
    }
    finder.push(this.#sample)
    for (; this.#announced < finder.poses.length; this.#announced++)
      this.#onPose(finder.poses[this.#announced]!)
  }
}
