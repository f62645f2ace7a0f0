import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Server, startServer } from '../../host/server/server.ts'
import type { FeedMessage, Mark, Overview } from '../../host/session/feed.ts'
import type { RecordingEntry } from '../../host/session/recordings.ts'
import { SIDES } from '../../shared/places.ts'
import { ScriptedFeed, stanceOf, stateAt } from '../server/scripted-feed.ts'
import { baselineOf } from '../web/run/baseline.ts'
import { expectAccessible } from './accessible.ts'
import { CHROMIUM, startChromium, WITHOUT_CHROMIUM } from './chromium.ts'
import { drawn, openPage } from './page.ts'

const DURATION_S = 600
const marks: Mark[] = [
  { timeS: 120, kind: 'tag', text: 'shoe tied' },
  { timeS: 400, kind: 'mark', text: '' },
]

/** Ten minutes with a gap; the left shoe peaks later from the fifth on. */
const overview: Overview = {
  durationS: DURATION_S,
  strides: Array.from({ length: 1600 }, (_, i) => {
    const icS = (i * DURATION_S) / 1600
    const leg = SIDES[i % 2]!
    return {
      leg,
      icS,
      toS: icS + 0.25,
      cadenceSpm: 160 + Math.sin(i),
      peakEversionPct: leg === 'left' && icS > 300 ? 56 : 44,
      peakTibialAxialG: 6 + Math.cos(i),
      ok: true,
    }
  }),
  marks,
  gaps: [{ place: 'left-shin', fromS: 200, toS: 227, cause: 'silent' }],
  segments: [],
}

const entry = (name: string, startedAt: string, subject: Record<string, unknown>): RecordingEntry => ({
  name,
  bytes: 45_000_000,
  startedAt,
  durationS: DURATION_S,
  subject,
  problem: null,
})

/** A recording whose replay a test drives. */
class ScriptedReplay extends ScriptedFeed {
  constructor() {
    super('replay')
  }

  override recent(): FeedMessage[] {
    const state = stateAt(this.timeS, 'replay')
    return [{ ...state, durationS: DURATION_S, analysed: 1 }, ...super.recent().slice(1)]
  }

  override async overview(): Promise<Overview> {
    return overview
  }
}

describe.skipIf(CHROMIUM === null)(`every page (${CHROMIUM ?? WITHOUT_CHROMIUM})`, () => {
  let browser: Browser
  let feed: ScriptedFeed
  let replay: ScriptedReplay
  let server: Server

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    feed = new ScriptedFeed()
    replay = new ScriptedReplay()
    server = await startServer({
      feed,
      recordings: {
        list: async () => [
          entry('a.mcap', '2026-11-12T17:20:00Z', { id: 'R-014', shoe: 'Road trainer A' }),
          entry('b.mcap', '2026-10-22T17:05:00Z', { id: 'R-020', shoe: 'Racing flat B' }),
        ],
        open: async () => replay,
      },
    })
  })
  afterEach(() => server.close())

  const open = async (path: string, size?: { width: number; height: number }): Promise<Page> =>
    (await openPage(browser, server.url + path, size)).page

  const setUsual = (): void =>
    feed.say({
      type: 'baseline',
      baseline: baselineOf({
        peakTibialAxialG: { left: 7, right: 7 },
        cadenceSpm: { left: 160, right: 160 },
      }),
    })
  /** Both legs of a run, and the impact of each stance. */
  function run(): void {
    for (let index = 0; index < 4; index++)
      for (const leg of SIDES) {
        const stance = stanceOf(index, { leg })
        feed.say({ type: 'landing', landing: { leg, icS: stance.icS, peakTibialAxialG: 8 } })
        feed.say({
          type: 'stance',
          stance: { ...stance, metrics: { ...stance.metrics, peakTibialAxialG: 8 } },
        })
      }
  }

  /** Everything that can be seen, in the states that have most on them. */
  const PAGES: Record<string, { path: string; ready: (page: Page) => Promise<unknown> }> = {
    live: {
      path: 'live',
      ready: (page) => {
        setUsual()
        run()
        return drawn(page, 4)
      },
    },
    'runner, before': { path: 'run', ready: (page) => page.getByRole('button', { name: 'Begin' }).waitFor() },
    runner: {
      path: 'run',
      ready: async (page) => {
        setUsual()
        await page.getByRole('button', { name: 'Begin' }).click()
        await page.getByText('First steps').waitFor()
        run()
        await page.locator('.cue svg').waitFor()
      },
    },
    pods: {
      path: 'pods',
      ready: (page) => page.getByRole('heading', { name: 'Where they are worn' }).waitFor(),
    },
    sessions: {
      path: 'sessions',
      ready: async (page) => {
        feed.say({ ...stateAt(9), phase: 'stopped' })
        await page.locator('.dots').first().waitFor()
      },
    },
    replay: { path: 'sessions/a.mcap', ready: (page) => page.locator('.scrubber .trend').first().waitFor() },
    settings: {
      path: 'settings',
      ready: (page) => page.getByRole('heading', { name: 'Settings' }).waitFor(),
    },
    screens: { path: 'pair', ready: (page) => page.getByRole('heading', { name: 'Screens' }).waitFor() },
  }

  it.each(Object.keys(PAGES))(
    '%s has no serious fault that axe finds, light or dark, and holds at 320 px',
    async (name) => {
      const { path, ready } = PAGES[name]!
      const page = await open(path)
      await ready(page)
      await expectAccessible(page)
    },
  )

  it('is reached past the bar by the first press of Tab', async () => {
    const page = await open('sessions')
    await page.getByRole('row').first().waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Skip')
    await page.keyboard.press('Enter')
    await page.waitForURL(/#main$/)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true)
  })

  it('moves nothing for who asks for less motion', async () => {
    feed.say({ type: 'baseline', baseline: baselineOf({ peakTibialAxialG: { left: 7, right: 7 } }) })
    const page = await open('run')
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.getByRole('button', { name: 'Begin' }).click()
    const moving = await page
      .locator('.field')
      .evaluate((field) => getComputedStyle(field).transitionDuration)
    expect(moving).toBe('0s')
  })

  it('finds a session by runner, shoe and tag, and opens it with one press', async () => {
    feed.say({ ...stateAt(9), phase: 'stopped' })
    const page = await open('sessions')
    const rows = page.locator('tbody tr')
    await expect.poll(() => rows.count()).toBe(2)
    // 400 left strides at 44 % and 400 at 56 %, and all right ones at 44 %
    await page.getByRole('img', { name: 'Left peaks at 50 % of stance, right at 44 %' }).first().waitFor()
    await page.getByText('27 s missing').first().waitFor()
    const find = page.getByRole('searchbox')
    for (const [text, n] of [
      ['r-014', 1],
      ['racing', 1],
      ['tied', 2],
      ['tied road', 1],
      ['nobody', 0],
    ] as const) {
      await find.fill(text)
      await expect.poll(() => rows.count()).toBe(n)
    }
    await find.fill('r-014')
    await rows.first().click({ position: { x: 200, y: 20 } })
    await page.getByRole('slider').waitFor()
    await page.waitForURL(/\/sessions\/a\.mcap$/)
  })

  it('goes through a recording by pointer and by keys', async () => {
    const page = await open('sessions/a.mcap')
    const slider = page.getByRole('slider', { name: 'Position in the recording' })
    await page.locator('.scrubber .trend').first().waitFor()
    await page.keyboard.press(']')
    await expect.poll(() => replay.told.at(-1)).toBe('seek 120')
    replay.timeS = 120
    replay.say({ ...stateAt(120, 'replay'), durationS: DURATION_S, analysed: 1 })
    await expect.poll(() => slider.getAttribute('aria-valuenow')).toBe('120')
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('2 minutes 0 seconds')
    await page.keyboard.press(']')
    await expect.poll(() => replay.told.at(-1)).toBe('seek 400')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => replay.told.at(-1)).toBe('step 1')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => replay.told.at(-1)).toBe('step -1')
    await slider.focus()
    await page.keyboard.press('PageUp')
    await expect.poll(() => replay.told.at(-1)).toBe('seek 130')
    await page.keyboard.press('End')
    await expect.poll(() => replay.told.at(-1)).toBe('seek 600')

    const box = (await slider.boundingBox())!
    await page.mouse.move(box.x + box.width / 2, box.y + 40)
    await page.mouse.down()
    await page.mouse.move(box.x + 0.25 * box.width, box.y + 40, { steps: 4 })
    await page.mouse.up()
    const last = (): number => Number(replay.told.at(-1)!.replace('seek ', ''))
    await expect.poll(last).toBeLessThan(0.3 * DURATION_S)
    expect(last()).toBeGreaterThan(0.2 * DURATION_S)

    replay.say({ type: 'stance', stance: stanceOf(7) })
    await page.locator('.panel.l .hero .v', { hasText: '40' }).waitFor()
    await page.keyboard.press('l')
    // the stance that was last: contact at 7 s, toe-off at 7.25 s, and what shows the curve
    await expect.poll(() => replay.told.at(-1)).toBe('loop 7 7.6')
    await page.getByRole('button', { name: '0.1×' }).click()
    await expect.poll(() => replay.told.at(-1)).toBe('speed 0.1')
  })

  it('keeps a choice of units over a reload, and can set all back', async () => {
    const page = await open('settings')
    await page.getByText('All as delivered.').waitFor()
    await page.getByText('Imperial', { exact: true }).click()
    // 1609.344 m at 3 m/s are 8 min 56 s; 2.15 m are 84.6 in
    await page.getByText('A run at 8:56 min/mile, strides of 85 in').waitFor()
    await page.reload()
    await page.getByText('1 differs from how it was delivered.').waitFor()
    await page.getByRole('button', { name: 'Set all back' }).click()
    await page.getByText('A run at 3.0 m/s, strides of 215 cm').waitFor()
  })

  it('loads its own letters and nothing from elsewhere', async () => {
    const { page, complaints } = await openPage(browser, `${server.url}settings`)
    await page.getByText('All as delivered.').waitFor()
    await expect
      .poll(() => page.evaluate(() => [...document.fonts].map(({ family, status }) => `${family} ${status}`)))
      .toEqual(['Inter Variable loaded'])
    expect(complaints).toEqual([])
  })
})
