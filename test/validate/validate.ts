/**
 * Holds the product against every truth there is and writes `docs/validation.md`.
 *   npm run -s validate [-- --quick | --sim | --data] [--json FILE]
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { dataGroups, type Group, scenarioGroups, simulatedGroups } from './groups.ts'
import { plots } from './plots.ts'
import { scoreAll } from './pool.ts'
import { report } from './report.ts'
import { type GroupSummary, summarise } from './summary.ts'
import { hold } from './targets.ts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    sim: { type: 'boolean', default: false },
    data: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
})
const startMs = performance.now()
const everything = options.sim === options.data
const withSim = everything || options.sim
const withData = !options.quick && (everything || options.data)
const groups = [...(withSim ? simulatedGroups(options.quick) : []), ...(withData ? dataGroups() : [])]
const scenarios = withSim ? scenarioGroups(options.quick) : []
const results = await run([...groups, ...scenarios])
const found = results.slice(0, groups.length)
await write(found, results.slice(groups.length))
for (const group of found)
  for (const held of hold(group))
    if (!held.met)
      process.stderr.write(
        `missed: ${group.name}: ${held.says} ${held.value.toFixed(2)} ${held.unit}, at most ${held.most}\n`,
      )

async function run(all: readonly Group[]): Promise<GroupSummary[]> {
  const jobs = all.flatMap((group) => group.jobs)
  const scores = await scoreAll(jobs, (done, name) => {
    const seconds = ((performance.now() - startMs) / 1000).toFixed(0)
    const where = `${done} of ${jobs.length} sessions, ${seconds} s: ${name}`
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${where}` : done % 20 === 0 ? `${where}\n` : '')
  })
  process.stderr.write('\n')
  return all.map((group) => summarise(group, scores.splice(0, group.jobs.length)))
}

/** The document and its plots tell of a whole run; a part of it goes to the JSON alone. */
async function write(found: GroupSummary[], inScenarios: GroupSummary[]): Promise<void> {
  if (options.json !== undefined) {
    const bare = ({ scores, ...group }: GroupSummary) => ({
      ...group,
      targets: hold({ ...group, scores }),
      trials: scores.map((score) => summarise({ name: score.name, heldTo: group.heldTo }, [score])),
    })
    const withoutScores = (key: string, value: unknown) => (key === 'scores' ? undefined : value)
    const json = { groups: found.map(bare), scenarios: inScenarios.map(bare) }
    await writeFile(
      resolve(process.env.INIT_CWD ?? '.', options.json),
      `${JSON.stringify(json, withoutScores)}\n`,
    )
  }
  if (options.quick || !everything) return
  const docs = join(fileURLToPath(new URL('../..', import.meta.url)), 'docs')
  await mkdir(join(docs, 'validation'), { recursive: true })
  const drawn = plots(found)
  for (const { file, svg } of drawn) await writeFile(join(docs, 'validation', file), svg)
  await writeFile(join(docs, 'validation.md'), report(found, inScenarios, drawn))
}
