import type { ComponentChildren } from 'preact'
import { Choice } from './choice.tsx'
import { chosenLanguage, LANGUAGES, type Language } from './messages/locale.ts'
import { sample } from './run/runner.ts'
import { chosenSpeedUnit, FIRST_VOLUME, length, speed, speedUnit, system, volume } from './settings.ts'
import { Shell } from './shell.tsx'
import { THEMES, type Theme, theme } from './theme.ts'
import { SPEED_UNITS, SYSTEMS, type System } from './units.ts'
import { words } from './words.ts'

const w = words.settings

/** A run to show units by. */
const EXAMPLE = { mPerS: 3, strideM: 2.15 }

/** What is set differently from how it was delivered? */
export function SettingsPage() {
  const changed = [
    theme.value !== 'auto',
    chosenLanguage.value !== null,
    system.value !== 'metric',
    chosenSpeedUnit.value !== null,
    volume.value !== FIRST_VOLUME,
  ].filter(Boolean).length
  return (
    <Shell at="" title={w.title} class="settings">
      <div class="ctx">
        <h1>{w.title}</h1>
        <span class="small muted" role="status">
          {w.changed(changed)}
        </span>
        <span class="grow" />
        <button type="button" class="btn" disabled={changed === 0} onClick={reset}>
          {w.reset}
        </button>
      </div>
      <main id="main">
        <Look />
        <Units />
        <Sound />
        <p class="small faint">{w.kept}</p>
      </main>
    </Shell>
  )
}

function reset(): void {
  theme.value = 'auto'
  system.value = 'metric'
  chosenSpeedUnit.value = null
  volume.value = FIRST_VOLUME
  if (chosenLanguage.value !== null) chooseLanguage(null)
}

/** Words are chosen when the page is loaded. */
function chooseLanguage(language: Language | null): void {
  chosenLanguage.value = language
  location.reload()
}

function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="card">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function Look() {
  return (
    <Section title={w.look}>
      <Choice<Theme>
        label={w.theme}
        options={THEMES.map((name) => [name, w.themes[name]])}
        value={theme.value}
        onChoose={(next) => {
          theme.value = next
        }}
      />
      <Choice<Language | null>
        label={w.language}
        options={[[null, w.browserLanguage], ...LANGUAGES.map((tag) => [tag, ownName(tag)] as const)]}
        value={chosenLanguage.value}
        onChoose={chooseLanguage}
      />
    </Section>
  )
}

/** A language's name in itself. */
const ownName = (tag: Language): string => new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag

function Units() {
  return (
    <Section title={w.units}>
      <Choice<System>
        label={w.system}
        options={SYSTEMS.map((name) => [name, w.systems[name]])}
        value={system.value}
        onChoose={(next) => {
          system.value = next
          chosenSpeedUnit.value = null
        }}
      />
      <Choice
        label={w.speed}
        options={SPEED_UNITS[system.value].map((unit) => [unit, unit])}
        value={speedUnit.value}
        onChoose={(unit) => {
          chosenSpeedUnit.value = unit === SPEED_UNITS[system.value][0] ? null : unit
        }}
      />
      <p class="small muted">
        {w.example(speed(EXAMPLE.mPerS), length(EXAMPLE.strideM))}
        <br />
        {w.systemWhat}
      </p>
    </Section>
  )
}

function Sound() {
  return (
    <Section title={w.sound}>
      <label class="slider">
        <span>{w.volume}</span>
        <input
          type="range"
          min="0"
          max="1"
          step="0.05"
          value={volume.value}
          aria-valuetext={w.volumePct(volume.value)}
          onInput={(event) => {
            volume.value = event.currentTarget.valueAsNumber
          }}
        />
        <output class="num">{w.volumePct(volume.value)}</output>
      </label>
      <p class="small muted">{w.volumeWhat}</p>
      <button type="button" class="btn" onClick={sample}>
        {w.hear}
      </button>
    </Section>
  )
}
