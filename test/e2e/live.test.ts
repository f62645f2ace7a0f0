import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { LiveStance } from '../../host/analysis/document.ts'
import { HostClock } from '../../host/link/host-clock.ts'
import { findPods } from '../../host/link/ports.ts'
import { startServer } from '../../host/server/server.ts'
import { LiveSession } from '../../host/session/live.ts'
import { PLACES, type Side } from '../../shared/places.ts'
import { scratch } from '../session/sessions.ts'
import { until } from '../shared/until.ts'
import { virtualPods } from '../shared/virtual-pods.ts'
import { CHROMIUM, startChromium, WITHOUT_CHROMIUM } from './chromium.ts'
import { drawn, openPage } from './page.ts'

const recordings = { list: async () => [], open: () => Promise.reject(new Error('there are none')) }

/** The product but for its hardware: the pods' firmware worn by a simulated runner, the host, and a browser. */
async function watch(browser: Browser, speed: number) {
  const pods = await virtualPods(PLACES, {
    speed,
    runner: { name: 'late-left', seed: 1, standingS: 12 },
  })
  const clock = new HostClock(pods.nowMs)
  const links = findPods({ binding: pods.binding, clock, log: () => {} })
  const feed = new LiveSession({
    clock,
    links,
    recordings: join(await scratch(), 'recordings'),
    info: { activity: 'running', subject: { shoe: 'Trainer' }, treadmill: { speedMPerS: 3 } },
  })
  onTestFinished(() => feed.close())
  const stances: LiveStance[] = []
  feed.subscribe((message) => {
    if (message.type === 'stance') stances.push(message.stance)
  })
  await until(() => {
    const told = feed.recent().find((message) => message.type === 'pods')
    return told?.type === 'pods' && told.pods.length === PLACES.length
  })
  // before the browser is up: the runner stands for a few seconds only
  await feed.obey({ type: 'start' })
  const server = await startServer({ feed, recordings, port: 0 })
  onTestFinished(() => server.close())
  const { page, complaints } = await openPage(browser, `${server.url}live`)
  onTestFinished(() => page.close())
  /** What the runner's last stances of a leg really were. */
  const truth = (leg: Side, n: number) => {
    const aheadS = pods.trueS() - clock.nowS()
    const shown = stances.filter((stance) => stance.leg === leg).slice(-n)
    return pods.runner
      .truth(pods.driver.timeS)
      .strides.filter(
        (stride) => stride.leg === leg && shown.some(({ icS }) => Math.abs(icS + aheadS - stride.icS) < 0.1),
      )
  }
  return { ...pods, page, complaints, truth }
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length
const numberIn = async (page: Page, selector: string): Promise<number> =>
  Number.parseFloat(
    (await page.locator(selector).filter({ hasText: /\d/ }).innerText())
      .replace('~', '')
      .replace('\u2212', '-'),
  )

describe.skipIf(CHROMIUM === null)(`a physio at the live page (${CHROMIUM ?? WITHOUT_CHROMIUM})`, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser.close())

  it('reads a late, far left pronation off it, freezes, marks, changes the shoe and compares; a pod falls out and comes back', {
    timeout: 300_000,
  }, async () => {
    const { page, complaints, truth, binding, path } = await watch(browser, 2)
    const settled = page.locator('.panel.l .tag', { hasText: 'live' })
    await drawn(page, 12)
    await settled.waitFor()

    await page.keyboard.press('Space')
    await page.locator('.panel.l .tag', { hasText: '❚❚' }).waitFor()
    for (const [leg, panel] of [
      ['left', '.panel.l'],
      ['right', '.panel.r'],
    ] as const) {
      const really = truth(leg, 12)
      expect(really.length).toBeGreaterThan(8)
      const pct = await numberIn(page, `${panel} .rd > :nth-child(2) .v`)
      const deg = await numberIn(page, `${panel} .rd > :nth-child(3) .v`)
      expect(Math.abs(pct - mean(really.map((stride) => stride.peakEversionPct)))).toBeLessThanOrEqual(2)
      expect(Math.abs(deg - mean(really.map((stride) => stride.peakEversionDeg)))).toBeLessThanOrEqual(1)
    }

    await page.keyboard.press('m')
    await page.locator('.flag').first().waitFor()
    await page.keyboard.press('t')
    await page.keyboard.type('Racer')
    await page.keyboard.press('Enter')
    await page.locator('.who', { hasText: 'Racer' }).waitFor()
    await page.keyboard.press('Space')
    await settled.waitFor()

    await page.getByRole('button', { name: 'Before – after' }).waitFor()
    await page.keyboard.press('v')
    const row = page.locator('.before-after tbody.l tr', { hasText: 'Peak timing' })
    await row.getByText('too small to tell').waitFor()
    const [before = Number.NaN, after = Number.NaN] = (await row.locator('td').allInnerTexts()).map(
      Number.parseFloat,
    )
    for (const pct of [before, after]) {
      expect(pct).toBeGreaterThan(58)
      expect(pct).toBeLessThan(70)
    }
    await page.getByText('no change that can be told').first().waitFor()
    await page.keyboard.press('v')

    binding.unplug(path('left-shin'))
    await page.locator('.alert', { hasText: 'Left shin is silent' }).waitFor()
    await page.locator('.panel.l .tag', { hasText: '✕ left shin' }).waitFor()
    await page.locator('.panel.l .hero .v', { hasText: /^—$/ }).waitFor()
    await page.locator('.strip .gap').first().waitFor()
    binding.replug(path('left-shin'))
    await page.locator('.alert', { hasText: 'Left shin is silent' }).waitFor({ state: 'detached' })
    await page.locator('.panel.l .hero .v', { hasText: '%' }).waitFor()
    expect(complaints).toEqual([])
  })
})
