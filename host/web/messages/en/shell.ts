import type { ErrorCode } from '../../../server/messages.ts'

/** What stands over every page: bar, buttons, keys, and what the host refuses. */

export const brand = 'Footfall'

export const skip = 'Skip to the first chart'

export const nav = {
  label: 'Main',
  live: 'Live',
  run: 'Runner',
  sessions: 'Sessions',
  compare: 'Compare',
  pods: 'Pods',
  settings: 'Settings',
  help: 'Keys',
}

export const action = {
  start: 'Start',
  stop: 'Stop',
  stopSure: 'Stop recording?',
  mark: 'Mark',
  tag: 'Tag',
  freeze: 'Freeze',
  backToLive: 'Back to live',
  play: 'Play',
  pause: 'Pause',
  tryNow: 'Try now',
  table: 'Table',
  curves: 'Curves',
  replay: 'Replay',
  save: 'Save',
  close: 'Close',
  reload: 'Reload',
  theme: { auto: 'Theme: system', light: 'Theme: light', dark: 'Theme: dark' },
}

export const load = {
  failed: 'This page could not be loaded.',
  failedWhat: 'The host is out of reach or was renewed. Reload when it is back.',
}

export const recordingFor = (spoken: string) => `Recording, ${spoken}`

export const keys = {
  title: 'Keys',
  list: [
    ['Space', 'freeze and back; in a replay play and pause'],
    ['M', 'mark now'],
    ['T', 'tag: shoe, orthotic, speed, incline, pain, note'],
    ['Shift M', 'mark with a note'],
    ['R', 'start or stop'],
    ['3', 'legs in 3-D, and back'],
    ['D', 'values as tables, and back'],
    ['U, N', 'usual and published band, on and off'],
    ['S', 'both legs in one plot, and back'],
    ['V', 'before and after a change, and back'],
    ['1, 2, 4', 'rotation, acceleration, dorsiflexion under the eversion'],
    ['A', 'speak the key numbers'],
    ['B', 'blink all pods'],
    [', .', 'slower, faster (replay)'],
    ['g then l, r, s, c, p', 'go to Live, Runner, Sessions, Compare, Pods'],
    ['← →', 'stance by stance (replay); through a focused curve'],
    ['Shift ← →', 'a second back or on (replay)'],
    ['[ ]', 'from mark to mark (replay)'],
    ['L', 'loop the last stance (replay)'],
    ['Esc', 'leave what is open'],
    ['?', 'this list'],
  ],
}

export const error = {
  'not-json': 'The page and the host do not understand each other. Reload the page.',
  'bad-message': 'The host did not understand that.',
  refused: 'Not done:',
  'not-allowed': 'This screen may look, not act.',
  'not-paired': 'This screen is not paired with the host.',
  'wrong-code': 'That is not the code.',
  'too-many-tries': 'Too many tries.',
  'no-recording': 'That recording is not there.',
  'too-many-replays': 'Too many recordings are open.',
  'too-many-viewers': 'Too many pages watch this host.',
  'unknown-host': 'This address is not one of the host.',
  'foreign-origin': 'This page is not one of the host.',
  'not-found': 'There is nothing at this address.',
  failed: 'The host failed; its log says why.',
} satisfies Record<ErrorCode, string>
