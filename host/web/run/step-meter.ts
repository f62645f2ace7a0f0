import type { FeedMessage, Landing, LiveStance, Side } from '../../server/messages.ts'
import { isUsable, stepOfStance } from '../steps.ts'
import { MEAN_OF, type Measured, mean } from './progress.ts'
import { type Aim, RULES } from './target.ts'

/** Strides longer than this are a pause, s. */
const LONGEST_STRIDE_S = 2.5

/** Reads off the feed what is aimed at, step by step, and how quick the steps are. */
export class StepMeter {
  readonly #aim: Aim
  readonly #contacts: Partial<Record<Side, number>> = {}
  #cadences: number[] = []

  constructor(aim: Aim) {
    this.#aim = aim
  }

  /** Steps a minute, the mean of the last few; `null` before there are any. */
  get cadenceSpm(): number | null {
    return mean(this.#cadences)
  }

  /** @returns the step this message completes; most complete none */
  take(message: FeedMessage): Measured | null {
    if (message.type === 'event' && message.event.kind === 'initial-contact')
      return this.#contact(message.event.leg, message.event.timeS)
    if (message.type === 'landing' && this.#aim === 'landing') return landed(message.landing)
    if (message.type === 'stance' && this.#aim === 'timing') return this.#stance(message.stance)
    return null
  }

  /** Two steps from one foot's contact to its next: the shoes' own difference cancels. */
  #contact(leg: Side, icS: number): Measured | null {
    const strideS = icS - (this.#contacts[leg] ?? Number.NEGATIVE_INFINITY)
    this.#contacts[leg] = icS
    if (strideS > LONGEST_STRIDE_S) {
      this.#cadences = []
      return null
    }
    const value = 120 / strideS
    this.#cadences = [...this.#cadences, value].slice(-MEAN_OF)
    return this.#aim === 'cadence' ? { leg, icS, value } : null
  }

  #stance(stance: LiveStance): Measured | null {
    const value = stance.metrics[RULES[this.#aim].metric]
    return typeof value === 'number' && isUsable(stepOfStance(stance))
      ? { leg: stance.leg, icS: stance.icS, value }
      : null
  }
}

/** A clipped peak is at least as high as it says, which is all a cue asks. */
const landed = ({ leg, icS, peakTibialAxialG }: Landing): Measured => ({ leg, icS, value: peakTibialAxialG })
