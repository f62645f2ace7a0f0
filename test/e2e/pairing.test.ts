import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { lanAddresses } from '../../host/server/addresses.ts'
import { type Server, startServer } from '../../host/server/server.ts'
import { noRecordings, ScriptedFeed } from '../server/scripted-feed.ts'
import { baselineOf } from '../web/run/baseline.ts'
import { CHROMIUM, startChromium, WITHOUT_CHROMIUM } from './chromium.ts'
import { openPage } from './page.ts'

const why =
  CHROMIUM === null ? WITHOUT_CHROMIUM : lanAddresses().length === 0 ? 'no network to pair over' : CHROMIUM

describe.skipIf(why !== CHROMIUM)(`a tablet in the same network (${why})`, () => {
  let browser: Browser
  let feed: ScriptedFeed
  let server: Server

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    feed = new ScriptedFeed()
    server = await startServer({
      feed,
      lan: true,
      recordings: noRecordings,
    })
    return () => server.close()
  })

  it('is asked what it is, sees the run once the code is typed, acts once it is allowed to, and is dropped', async () => {
    const { page: host } = await openPage(browser, `${server.url}pair`)
    const shown = await host.getByRole('img', { name: /^Pairing code/ }).innerText()
    expect(shown).toMatch(/^[2-9A-HJ-NP-Z]{4}$/)
    await expect
      .poll(() => host.getByAltText(/QR code/).evaluate((image) => (image as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(0)

    feed.say({ type: 'baseline', baseline: baselineOf({ peakTibialAxialG: { left: 7, right: 7 } }) })
    const { page: tablet } = await openPage(browser, `${server.lanUrl}live`, { width: 1024, height: 768 })
    await tablet.getByRole('heading', { name: 'What is this screen?' }).waitFor()
    await tablet.getByLabel('The code that the host shows').fill('XXXX')
    await tablet.getByRole('button', { name: 'Pair' }).click()
    await tablet.getByText('That is not the code.').waitFor()
    await tablet.getByLabel('The code that the host shows').fill(shown.toLowerCase())
    await tablet.getByRole('button', { name: 'Pair' }).click()
    await tablet.getByText('5.6 g').waitFor()

    // it may look until the host allows more
    await tablet.getByRole('button', { name: 'Set usual anew' }).click()
    await tablet.getByText('This screen may look, not act.').waitFor()
    expect(feed.told).toEqual([])
    await host.getByRole('button', { name: 'Allow' }).click()
    await host.getByText('May act').waitFor()
    await tablet.getByRole('button', { name: 'Set usual anew' }).click()
    await expect.poll(() => feed.told).toEqual(['baseline set'])

    await host.getByRole('button', { name: 'Drop Runner on the belt' }).click()
    await tablet.getByRole('heading', { name: 'What is this screen?' }).waitFor()
  })

  it('has the code from the address it scanned', async () => {
    const { page } = await openPage(browser, `${server.lanUrl}pair#7K4M`)
    await page.getByRole('heading', { name: 'What is this screen?' }).waitFor()
    await expect.poll(() => page.getByLabel('The code that the host shows').inputValue()).toBe('7K4M')
  })
})
