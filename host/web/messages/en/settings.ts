import { number } from '../../format.ts'

export const settings = {
  title: 'Settings',
  kept: 'Kept in this browser. Recordings do not depend on them.',
  changed: (n: number) =>
    n === 0 ? 'All as delivered.' : `${n} ${n === 1 ? 'differs' : 'differ'} from how it was delivered.`,
  reset: 'Set all back',
  look: 'Look',
  theme: 'Theme',
  themes: { auto: 'System', light: 'Light', dark: 'Dark' },
  language: 'Language',
  browserLanguage: 'As the browser',
  units: 'Units',
  system: 'System',
  systems: { metric: 'Metric', imperial: 'Imperial' },
  systemWhat: 'Degrees, milliseconds, g and % are the same in both.',
  speed: 'Speed',
  example: (speed: string, stride: string) => `A run at ${speed}, strides of ${stride}`,
  sound: 'Sound',
  volume: 'Loudness of cues',
  volumePct: (part: number) => `${number(100 * part)} %`,
  hear: 'Hear it',
  volumeWhat: 'On the runner’s page. A first use is quiet; no cue begins suddenly.',
}
