import type { Phase, PhaseSummary } from '../analysis/document.ts'
import { Moments } from './moments.ts'
import { movement } from './movement.ts'
import type { Pace } from './norms.ts'
import { PHASES } from './phases.ts'

/** Of the mean travel of shoe and tibia, 1 SD. */
export interface TravelUncertainty {
  eversionDeg: number
  tibialRotationDeg: number
}

/** The five phases of one leg over the session. */
export class PhaseCourse {
  private readonly phases = PHASES.map(() => ({
    startPct: new Moments(),
    endPct: new Moments(),
    eversionDeg: new Moments(),
    tibialRotationDeg: new Moments(),
  }))

  add(phases: readonly Phase[], timeS: number): void {
    for (const [k, phase] of phases.entries()) {
      const course = this.phases[k]!
      course.startPct.add(phase.startPct, timeS)
      course.endPct.add(phase.endPct, timeS)
      if (phase.eversionDeg !== null) course.eversionDeg.add(phase.eversionDeg, timeS)
      if (phase.tibialRotationDeg !== null) course.tibialRotationDeg.add(phase.tibialRotationDeg, timeS)
    }
  }

  /** `null` before the first stride that had phases. */
  summary(pace: Pace, uncertainty: TravelUncertainty): PhaseSummary[] | null {
    if (this.phases[0]!.startPct.n === 0) return null
    return this.phases.map((course, k) => {
      const phase = { name: PHASES[k]!, startPct: course.startPct.mean, endPct: course.endPct.mean }
      const of = (travel: 'eversionDeg' | 'tibialRotationDeg') => {
        const { n, mean, sd } = course[travel]
        return n === 0 ? null : movement(phase, travel, mean, sd, uncertainty[travel], pace)
      }
      return {
        ...phase,
        eversion: of('eversionDeg'),
        tibialRotation: of('tibialRotationDeg'),
      }
    })
  }
}
