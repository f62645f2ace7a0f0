import type { Alert, StrideMetric } from '../../../server/messages.ts'
import { clock, number } from '../../format.ts'
import { metric, place, side } from './body.ts'
import { more } from './change.ts'

/** What happened, on which side; the numbers; one small thing to try that can be undone. */
export interface AlertWords {
  title: string
  text: string
  tip: string
}

export const tryThis = 'Try'
export const notNow = 'Not now'

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const UNITS: Partial<Record<StrideMetric, readonly [unit: string, digits: number]>> = {
  peakEversionPct: ['\u00a0%', 0],
  peakEversionDeg: ['°', 1],
  eversionExcursionDeg: ['°', 1],
  tibialRotationExcursionDeg: ['°', 1],
  peakTibialAxialG: ['\u00a0g', 1],
  peakTibialResultantG: ['\u00a0g', 1],
  contactTimeMs: ['\u00a0ms', 0],
  cadenceSpm: ['\u00a0a minute', 0],
}

const TIPS: Partial<Record<StrideMetric, string>> = {
  peakEversionPct: '5 % quicker steps for a minute, and watch the timing rail.',
  peakTibialAxialG: '5 % quicker steps, or a softer landing, for a minute, and watch the peak under Impact.',
  contactTimeMs: '5 % quicker steps for a minute, and watch the contact time.',
  cadenceSpm: 'a metronome at the usual cadence for a minute.',
}

function beyondUsual({ side: leg, metric: name, values, fromS }: Alert): AlertWords {
  const word = (name && metric[name]) ?? String(name)
  const [unit, digits] = (name && UNITS[name]) ?? ['', 1]
  const { value = Number.NaN, usual = Number.NaN, detectable = Number.NaN } = values
  const how = name === undefined ? '' : more(name, value - usual)
  return {
    title: `${leg ? side[leg] : ''} ${word.toLowerCase()} ${how} than usual`.trim(),
    text: `${number(value, digits)}${unit}, usual ${number(usual, digits)}${unit}, since ${clock(fromS)}. Under ${number(detectable, Math.max(1, digits))}${unit} would be too small to tell.`,
    tip: (name && TIPS[name]) ?? 'an easier speed for a minute, and see whether it stays.',
  }
}

export function alert(about: Alert): AlertWords {
  const { code, values, fromS } = about
  const who = about.place ? place[about.place] : ''
  const pod = sentence(who)
  switch (code) {
    case 'pod-silent':
      return {
        title: `${pod} is silent`,
        text: `No samples since ${clock(fromS - (values.silentS ?? 0))}. What needs it is shown as missing; the rest goes on.`,
        tip: 'its cable and its battery. It is taken back when it is heard.',
      }
    case 'pod-missing':
      return {
        title: `${pod} is missing`,
        text: 'Joint eversion and tibial rotation of this leg need both pods.',
        tip: 'switching it on, or run on: contact, cadence and impact do not need it.',
      }
    case 'battery-low':
      return {
        title: `${pod}: battery at ${number(values.batteryPct)} %`,
        text: 'It may fall silent before the end of the run.',
        tip: 'changing or charging it at the next stop.',
      }
    case 'clipping':
      return {
        title: `${pod} reaches its limit`,
        text: `${number(values.samples)} samples in the last 10 s. Peaks there are at least what is shown, and left out of the means.`,
        tip: 'a pod with a wider range, or a strap that sits tighter.',
      }
    case 'loss':
      return {
        title: `${pod} loses samples`,
        text: `${number(values.lossPct, 1)} % over the last 30 s. Strides with a gap are set apart; nothing is filled in.`,
        tip: 'the cable, or bringing the host nearer.',
      }
    case 'clock':
      return {
        title: `${pod}: its clock is uncertain`,
        text: `By ${number(values.errorMs, 1)} ms. Times between left and right, shoe and shin, are as uncertain.`,
        tip: 'a minute’s patience: the clock is fitted as it runs. If it stays, plug the pod in anew.',
      }
    case 'slipped':
      return {
        title: `${pod} turned by ${number(values.turnedDeg)}°`,
        text: 'Its strap has probably slipped. Angles from now on are apart from those before.',
        tip: 'tightening it, then Stand still on the Pods page.',
      }
    case 'swapped':
      return {
        title: about.side
          ? `${side[about.side]}: shoe and shin pod look exchanged`
          : 'Left and right look exchanged',
        text: 'The way they move does not fit the places they were given.',
        tip: 'looking at the letters on the pods; give places anew on the Pods page.',
      }
    case 'duplicate-place':
      return {
        title: `Two pods claim the ${who}`,
        text: `${number(values.pods)} pods say that they are worn there; one of them is not listened to.`,
        tip: 'giving one of them another place on the Pods page.',
      }
    case 'metric-beyond-usual':
      return beyondUsual(about)
  }
}
