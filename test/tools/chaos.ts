/**
 * Virtual pods on bad wires, read by the host's own link: what was done to them, what came, what was told as lost. Writes the table in
 * `docs/link.md`; run with `npm run -s chaos`. Half an hour of four pods takes about two minutes. Deterministic: the same code gives
 * the same table.
 */
import { type ChaosPlan, type ChaosResult, chaosRun } from '../link/chaos-run.ts'
import { putIntoPage } from './generated.ts'

const MINUTE = 60
const noise = { bitErrors: 1e-5 }
const cable = { everyS: MINUTE, forS: 1.5 }

const PLANS: readonly [minutes: number, plan: ChaosPlan][] = [
  [30, { name: 'good wire', says: 'nothing' }],
  [
    30,
    {
      name: 'noise and cable',
      says: '1 bit in 100 000 flips, both ways; cable out for 1.5 s a minute',
      wire: noise,
      unplug: cable,
    },
  ],
  [
    10,
    {
      name: 'noise and cable, Puck.js',
      says: 'the same at 208 Hz with its small ring',
      board: 'puckjs-v2',
      wire: noise,
      unplug: cable,
    },
  ],
  [
    10,
    {
      name: 'bad chunks',
      says: '2 % of writes never come, 2 % come twice, 10 % in two pieces, 10 % with the next one',
      wire: { lost: 0.02, twice: 0.02, cut: 0.1, joined: 0.1 },
    },
  ],
  [
    10,
    {
      name: 'stalls and a busy host',
      says: 'nothing comes for 0.7 s every 25 s; the host does nothing for 2 s every 45 s with 4 kB of buffer a pod',
      stall: { everyS: 25, forS: 0.7 },
      busy: { everyS: 45, forS: 2 },
    },
  ],
  [10, { name: 'long absence', says: 'cable out for 20 s every 90 s', unplug: { everyS: 90, forS: 20 } }],
  [
    10,
    {
      name: 'power',
      says: 'a pod resets every 80 s, another browns out in the middle of a frame every 90 s',
      resetEveryS: 80,
      brownOutEveryS: 90,
    },
  ],
  [
    10,
    {
      name: 'hanging pod',
      says: 'the interpreter does nothing for 2 s every 50 s',
      hang: { everyS: 50, forS: 2 },
    },
  ],
  [
    10,
    {
      name: 'all at once',
      says: 'noise, bad chunks by half, cable, stalls, busy host, resets, brown-outs, hangs',
      wire: { ...noise, lost: 0.01, twice: 0.01, cut: 0.05, joined: 0.05 },
      unplug: cable,
      stall: { everyS: 25, forS: 0.7 },
      busy: { everyS: 45, forS: 2 },
      resetEveryS: 80,
      brownOutEveryS: 90,
      hang: { everyS: 50, forS: 2 },
    },
  ],
]

const whole = (n: number): string => n.toLocaleString('en-GB').replaceAll(',', ' ')

const listed = (counts: Partial<Record<string, number>>): string =>
  Object.entries(counts)
    .flatMap(([name, n = 0]) => (n > 0 ? [`${whole(n)} ${name}`] : []))
    .join(', ') || '–'

function row({ plan, seconds, ...r }: ChaosResult): string {
  const lost = r.sent - r.received
  const resets = r.uncounted['pod reset'] ?? 0
  const told = [listed(r.told), resets > 0 ? `${resets} × pod reset, ${whole(r.endedByReset)} samples` : '']
    .filter((text) => text !== '' && text !== '–')
    .join('; ')
  const cells = [
    `**${plan.name}**, ${seconds / MINUTE} min: ${plan.says}`,
    listed(r.injected),
    whole(r.sent),
    whole(r.recovered),
    whole(lost),
    told || '–',
    whole(Math.abs(r.untold) + r.wrong + Math.abs(r.resetsUntold)),
    whole(r.analysed),
  ]
  return `| ${cells.join(' | ')} |`
}

const lines = [
  '| Four pods, what is done to them | Injected | Samples sent | Frames asked for again and come | Samples lost | Told as lost, by cause | Untold, wrong or twice | Samples in the analysis |',
  '|---|---|---|---|---|---|---|---|',
]
for (const [minutes, plan] of PLANS) {
  const result = await chaosRun(plan, minutes * MINUTE, 1)
  lines.push(row(result))
  process.stdout.write(`${lines.at(-1)}\n`)
}
await putIntoPage('docs/link.md', 'chaos', lines)
