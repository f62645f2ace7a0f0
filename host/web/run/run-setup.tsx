import { isRecording } from '../actions.ts'
import { connection, isReplay, session } from '../app.ts'
import { Choice } from '../choice.tsx'
import { clock, NONE, number } from '../format.ts'
import { volume } from '../settings.ts'
import { Shell } from '../shell.tsx'
import { words } from '../words.ts'
import { aim, LENGTHS, minutes, percents, SOUNDS, sounds, soundsOf } from './plan.ts'
import { begin, sample, summary } from './runner.ts'
import { AIMS, RULES, targetOf, usualOf } from './target.ts'

const w = words.run

/** For the hand, standing still: one aim, how far, how it sounds. */
export function RunSetup() {
  const chosen = aim.value
  const usual = usualOf(chosen, session.baseline.value)
  const online = connection.link.value === 'open'
  return (
    <Shell at={words.nav.run} title={w.title} class="runsetup">
      <div class="ctx">
        <h1>{w.question}</h1>
      </div>
      <main id="main">
        <section class="card">
          <Choice
            label={w.aim}
            options={AIMS.map((name) => [name, w.aims[name].name])}
            value={chosen}
            onChoose={(next) => {
              aim.value = next
            }}
          />
          <Choice
            label={w.percent}
            options={RULES[chosen].percents.map((percent) => [
              percent,
              w.percentOf(number(percent, Number.isInteger(percent) ? 0 : 1)),
            ])}
            value={percents[chosen].value}
            onChoose={(next) => {
              percents[chosen].value = next
            }}
          />
          <Figures usual={usual} />
          <p class="small muted">{w.aims[chosen].note}</p>
        </section>
        <section class="card">
          <Choice
            label={w.minutes}
            options={LENGTHS.map((n) => [n, n === null ? w.untilStop : w.minute(n)])}
            value={minutes.value}
            onChoose={(next) => {
              minutes.value = next
            }}
          />
          {chosen === 'cadence' && (
            <Choice
              label={w.sounds}
              options={SOUNDS.map((name) => [name, w.soundNames[name]])}
              value={sounds.value}
              onChoose={(next) => {
                sounds.value = next
              }}
            />
          )}
          <p class="small muted">
            {w.soundWhat[soundsOf(chosen)]} {w.volume(words.settings.volumePct(volume.value))}
          </p>
          <button type="button" class="btn" onClick={sample}>
            {w.hear}
          </button>
        </section>
        <div class="go">
          <button
            type="button"
            class="btn primary"
            disabled={usual === null || !online}
            onClick={() => usual !== null && begin(usual)}
          >
            {isRecording() || isReplay(session.state.value) ? w.begin : w.beginRecords}
          </button>
          <LastRun />
        </div>
      </main>
    </Shell>
  )
}

/** The runner's own, and what is made of it. */
function Figures({ usual }: { usual: number | null }) {
  const chosen = aim.value
  const { digits } = RULES[chosen]
  const figure = (value: number): string => `${number(value, digits)} ${w.aims[chosen].unit}`.trim()
  const setUsual = (): void => connection.send({ type: 'baseline', action: 'set' })
  return (
    <div class="figures">
      <dl>
        <div>
          <dt>{w.usual}</dt>
          <dd class="num">{usual === null ? NONE : figure(usual)}</dd>
        </div>
        <div>
          <dt>{w.target}</dt>
          <dd class="num">
            {usual === null ? NONE : figure(targetOf(chosen, usual, percents[chosen].value).goal)}
          </dd>
        </div>
      </dl>
      <div>
        {usual === null && (
          <p class="small">
            <b>{w.noUsual}</b> {w.noUsualWhat}
          </p>
        )}
        <button type="button" class="btn" disabled={connection.link.value !== 'open'} onClick={setUsual}>
          {usual === null ? w.setUsual : w.setUsualAgain}
        </button>
      </div>
    </div>
  )
}

function LastRun() {
  if (summary.value === null) return null
  const { ranS, progress } = summary.value
  const share = progress.steps === 0 ? NONE : `${number((100 * progress.stepsOn) / progress.steps)} %`
  return (
    <p role="status">
      <b>{w.last}</b> {w.summary(clock(ranS), number(progress.steps), share)}
    </p>
  )
}
