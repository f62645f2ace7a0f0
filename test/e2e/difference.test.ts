import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startServer } from '../../host/server/server.ts'
import type { LegStretch, SessionSegment } from '../../host/session/feed.ts'
import { SIDES } from '../../shared/places.ts'
import { noRecordings, ScriptedFeed, stanceOf } from '../server/scripted-feed.ts'
import { CHROMIUM, startChromium, WITHOUT_CHROMIUM } from './chromium.ts'
import { drawn, openPage } from './page.ts'

/** Strides that evert to `peakDeg` at `peakPct`, in straight lines. */
function stretch(peakDeg: number, peakPct: number, n = 40): LegStretch {
  const { curves } = stanceOf(0, { peakDeg, peakPct })
  const of = (mean: number, sd: number, uncertainty: number) => ({ mean, sd, n, uncertainty })
  return {
    strides: n,
    metrics: { peakEversionDeg: of(peakDeg, 0.5, 1), peakEversionPct: of(peakPct, 1.5, 2) },
    curves: { eversionDeg: { mean: curves.eversionDeg!, sd: curves.eversionDeg!.map(() => 0.5) } },
  }
}

const segment = (index: number, fromS: number, label: string, left: LegStretch): SessionSegment => ({
  index,
  fromS,
  toS: null,
  label,
  tags: {},
  legs: { left, right: stretch(9, 43) },
})

describe.skipIf(CHROMIUM === null)(`differences on the live page (${CHROMIUM ?? WITHOUT_CHROMIUM})`, () => {
  let browser: Browser
  let feed: ScriptedFeed
  let server: Awaited<ReturnType<typeof startServer>>
  let page: Page

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    feed = new ScriptedFeed()
    server = await startServer({ feed, recordings: noRecordings })
    ;({ page } = await openPage(browser, `${server.url}live`))
    await page.getByText('No pods yet').first().waitFor()
    for (let index = 0; index < 12; index++)
      for (const leg of SIDES)
        feed.say({ type: 'stance', stance: stanceOf(index, { leg, peakPct: leg === 'left' ? 56 : 43 }) })
    await drawn(page, 12)
  })
  afterEach(() => server.close())

  it('compares with this runner’s usual once it is set: beyond what can be told in bold, else the same', async () => {
    await page.getByRole('button', { name: 'Set usual' }).click()
    await expect.poll(() => feed.told).toEqual(['baseline set'])
    feed.say({
      type: 'baseline',
      baseline: { setS: 5, legs: { left: stretch(10, 44), right: stretch(10, 43) } },
    })
    await page.locator('.panel.l .hero .vs.diff', { hasText: '12 later' }).waitFor()
    await page.locator('.panel.r .hero').getByText('same').waitFor()
    await page.locator('.panel.l .hollow').waitFor()
    await page.locator('.panel.l .chart[aria-label*="56 % of stance"][aria-label*="usual 44"]').waitFor()

    // a line is kept for it where only one leg has one
    feed.say({
      type: 'baseline',
      baseline: { setS: 5, legs: { left: stretch(10, 44), right: { strides: 0, metrics: {}, curves: {} } } },
    })
    await page.locator('.panel.r .hollow').waitFor({ state: 'detached' })
    const [left, right] = await Promise.all(
      ['l', 'r'].map((leg) => page.locator(`.panel.${leg} .chart`).boundingBox()),
    )
    expect([right!.y, right!.height]).toEqual([left!.y, left!.height])

    await page.keyboard.press('u')
    await page.locator('.panel.l .hollow').waitFor({ state: 'detached' })
    await page.locator('.panel.l .hero .vs', { hasText: 'now 56 %' }).waitFor()
  })

  it('draws a norm only with its source, and says when there is none', async () => {
    await page.keyboard.press('n')
    await page.getByText('no norm: the belt’s speed is not known').first().waitFor()
    feed.say({ type: 'mark', mark: { timeS: 1, kind: 'tag', text: '', tag: { speedMPerS: 3 } } })
    const tip = page.locator('.panel.l .normtip.tip') // until the speed is known the same place only says so
    await tip.focus()
    await tip.getByText('Fukuchi').waitFor()
    feed.say({ type: 'mark', mark: { timeS: 2, kind: 'tag', text: '', tag: { speedMPerS: 6.5 } } })
    await page.getByText('no norm at 6.5 m/s').first().waitFor()
  })

  it('says where in stance before and after differ, and what is too small to tell', async () => {
    feed.say({ type: 'segment', segment: segment(0, 0, '', stretch(10, 44)) })
    expect(await page.getByRole('button', { name: 'Before – after' }).count()).toBe(0)
    feed.say({ type: 'mark', mark: { timeS: 60, kind: 'tag', text: '', tag: { orthotic: 'wedge' } } })
    feed.say({ type: 'segment', segment: segment(1, 60, 'wedge', stretch(10, 56)) })
    await page.getByRole('button', { name: 'Before – after' }).waitFor()
    await page.keyboard.press('v')
    await page
      .getByRole('heading', {
        name: /^Left: peak timing 12 % later \(eversion differs .* % of stance.*\); right: no change that can be told\.$/,
      })
      .waitFor()
    // up to 44 % the rise is slower: 10/44 against 10/56 degrees per per cent, 1.11° apart from 23 % on
    await page
      .locator('.diffpanel')
      .getByText(/differs from 2\d to \d\d and from \d\d to \d\d % of stance/)
      .waitFor()
    await page.getByText('differs nowhere').waitFor()
    const row = (name: string) => page.locator('tbody.l tr', { hasText: name })
    await row('Peak eversion').getByText('too small to tell').waitFor()
    await row('Peak timing').getByText('more than').waitFor()

    // another shoe: the pod was put on anew, so less can be told apart
    feed.say({ type: 'mark', mark: { timeS: 60, kind: 'tag', text: '', tag: { shoe: 'Racer' } } })
    await page.getByText('put on anew').waitFor()
    await page.getByRole('button', { name: 'Swap A and B' }).click()
    await page.getByRole('heading', { name: 'Left: peak timing 12 % earlier' }).waitFor()
  })

  it('shows one alert at a time, what costs numbers first, until it clears or is put off', async () => {
    feed.say({
      type: 'alert',
      alert: {
        key: 'late',
        level: 'attention',
        fromS: 9,
        code: 'metric-beyond-usual',
        side: 'left',
        metric: 'peakEversionPct',
        values: { value: 56, usual: 44, detectable: 1.6 },
      },
    })
    await page.getByRole('heading', { name: 'Left peak timing later than usual' }).waitFor()
    feed.say({
      type: 'alert',
      alert: {
        key: 'silent',
        level: 'bad',
        fromS: 10,
        code: 'pod-silent',
        place: 'right-shin',
        values: { silentS: 2 },
      },
    })
    await page.getByRole('heading', { name: 'Right shin is silent' }).waitFor()
    await expect.poll(() => page.locator('.alert').count()).toBe(1)
    feed.say({ type: 'alert-cleared', key: 'silent' })
    await page.getByRole('heading', { name: 'Left peak timing later than usual' }).waitFor()
    await page.locator('.alert').getByRole('button', { name: 'Mark' }).click()
    await expect.poll(() => feed.told).toEqual(['mark mark Left peak timing later than usual'])
    await page.getByRole('button', { name: 'Not now' }).click()
    await page.locator('.alert').waitFor({ state: 'detached' })
  })

  it('puts both legs into one plot and another curve under the eversion', async () => {
    await page.keyboard.press('s')
    await page.locator('.panel.both').waitFor()
    expect(await page.locator('.panel').count()).toBe(1)
    await expect
      .poll(() => page.locator('.panel.both .hero .v').allInnerTexts())
      .toEqual([expect.stringContaining('56'), expect.stringContaining('43')])
    await page.getByText('Tibial internal rotation').waitFor()
    await page.keyboard.press('4')
    await page.getByText('Ankle dorsiflexion').waitFor()
    await page.keyboard.press('2')
    await page.getByText('Tibial acceleration, axial').waitFor()
    await page.keyboard.press('s')
    await page.locator('.panel').nth(1).waitFor()
  })

  it('speaks the key numbers when asked, and never by itself', async () => {
    const spoken = page.locator('[data-spoken]')
    expect(await spoken.textContent()).toBe('')
    await page.keyboard.press('a')
    await expect.poll(() => spoken.textContent()).toContain('Left: Peak timing 56 %')
    expect(await spoken.getAttribute('aria-live')).toBe('polite')
  })

  it('freezes with Space although a button was clicked just before', async () => {
    await page.getByRole('button', { name: 'Mark' }).click()
    await page.locator('.flag').waitFor()
    await page.keyboard.press('Space')
    await page.locator('.panel.l .tag', { hasText: '❚❚' }).waitFor()
    feed.say({ type: 'stance', stance: stanceOf(12, { peakPct: 20 }) })
    await page.getByText('1 stance since').first().waitFor()
    await page.locator('.panel.l .vs', { hasText: /^now 56 %$/ }).waitFor()
    await page.keyboard.press('Space')
    await page.locator('.panel.l .vs', { hasText: 'now 20 %' }).waitFor()
    expect(feed.told).toEqual(['mark mark '])
  })
})
