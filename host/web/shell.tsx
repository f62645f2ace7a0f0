import type { ComponentChildren } from 'preact'
import { connection } from './app.ts'
import { number } from './format.ts'
import { BrandMark, SettingsIcon } from './icons.tsx'
import { helpOpen, KeysHelp } from './keys.tsx'
import { latency } from './latency.ts'
import { LinkLine } from './link-line.tsx'
import { PodsStrip } from './pods-strip.tsx'
import { THEMES, theme } from './theme.ts'
import { Tip } from './tip.tsx'
import { words } from './words.ts'

const NAV = [
  { path: '/live', word: words.nav.live },
  { path: '/run', word: words.nav.run },
  { path: '/sessions', word: words.nav.sessions },
  { path: '/compare', word: words.nav.compare },
  { path: '/pods', word: words.nav.pods },
]

interface Props {
  /** Which word of the navigation is lit. */
  at: string
  title: string
  class?: string
  children: ComponentChildren
}

/** Bar, the page's own rows, and what stands over every page. */
export function Shell({ at, title, class: look = '', children }: Props) {
  document.title = `${title} · ${words.brand}`
  const link = connection.link.value
  return (
    <div class={`page ${look} ${link === 'lost' ? 'offline' : ''}`}>
      <a class="skip" href="#main">
        {words.skip}
      </a>
      <nav class="bar" aria-label={words.nav.label}>
        <a class="brand" href="/live" aria-label={`${words.brand}, ${words.nav.live}`}>
          <BrandMark />
          {words.brand}
        </a>
        <div class="nav">
          {NAV.map(({ path, word }) => (
            <a key={path} href={path} aria-current={word === at ? 'page' : undefined}>
              {word}
            </a>
          ))}
        </div>
        <span class="grow" />
        <PodsStrip />
        <Latency />
        <ThemeButton />
        <a
          class="btn quiet round"
          href="/settings"
          aria-label={words.nav.settings}
          title={words.nav.settings}
        >
          <SettingsIcon />
        </a>
        <button
          type="button"
          class="btn quiet round"
          aria-label={words.nav.help}
          title={words.nav.help}
          onClick={() => (helpOpen.value = true)}
        >
          ?
        </button>
      </nav>
      {children}
      <LinkLine />
      <KeysHelp />
    </div>
  )
}

function Latency() {
  const { curveMs, pageMs, wholeMs, eventMs } = latency.value
  return curveMs === null ? null : (
    <Tip
      class="small muted nowrap below"
      says={words.latency.parts(number(curveMs), number(pageMs), number(wholeMs), number(eventMs))}
    >
      {words.latency.name} <b class="num ink">{number(curveMs)} ms</b>
    </Tip>
  )
}

function ThemeButton() {
  const next = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length]!
  return (
    <button
      type="button"
      class="btn quiet round"
      title={words.action.theme[theme.value]}
      onClick={() => {
        theme.value = next
      }}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" />
        <path
          d={
            theme.value === 'light'
              ? ''
              : theme.value === 'dark'
                ? 'M8 2a6 6 0 0 0 0 12a6 6 0 0 0 0-12z'
                : 'M8 2a6 6 0 0 0 0 12z'
          }
          fill="currentColor"
        />
      </svg>
      <span class="sr">{words.action.theme[theme.value]}</span>
    </button>
  )
}
