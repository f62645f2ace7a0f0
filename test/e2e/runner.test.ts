import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startServer } from '../../host/server/server.ts'
import type { FeedMessage } from '../../host/session/feed.ts'
import type { Side } from '../../shared/places.ts'
import { noRecordings, ScriptedFeed, stateAt } from '../server/scripted-feed.ts'
import { baselineOf } from '../web/run/baseline.ts'
import { CHROMIUM, startChromium, WITHOUT_CHROMIUM } from './chromium.ts'
import { openPage } from './page.ts'

const STEP_S = 0.36

/** A runner on a belt: contacts and landings, alternate feet, as the host would tell them. */
class Steps {
  readonly #feed: ScriptedFeed
  #n = 0

  constructor(feed: ScriptedFeed) {
    this.#feed = feed
  }

  /** @param g tibial peak of each */
  run(...g: number[]): void {
    for (const peakTibialAxialG of g) {
      const leg: Side = this.#n % 2 === 0 ? 'left' : 'right'
      const icS = this.#n * STEP_S
      this.#n++
      this.#feed.say(stateAt(icS + 0.3))
      this.#feed.say({
        type: 'event',
        event: { leg, kind: 'initial-contact', timeS: icS, announcedS: icS + 0.05, confidence: 1 },
      })
      this.#feed.say({ type: 'landing', landing: { leg, icS, peakTibialAxialG } })
    }
  }
}

const usual: FeedMessage = {
  type: 'baseline',
  baseline: baselineOf({ peakTibialAxialG: { left: 7, right: 7 }, cadenceSpm: { left: 160, right: 160 } }),
}

/** What the page sounds, tapped on its way to the loudspeaker. */
const tapAudio = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const connect = AudioNode.prototype.connect as (this: AudioNode, ...to: unknown[]) => unknown
    AudioNode.prototype.connect = function (this: AudioNode, ...to: unknown[]) {
      if (to[0] instanceof AudioDestinationNode) {
        const tap = new AnalyserNode(this.context, { fftSize: 32768 })
        connect.call(this, tap)
        Object.assign(window, { tap })
      }
      return connect.call(this, ...to)
    } as typeof AudioNode.prototype.connect
  })
}

/** The loudest sample of the last second or so. */
const loudest = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { tap } = window as unknown as { tap: AnalyserNode }
    const samples = new Float32Array(tap.fftSize)
    tap.getFloatTimeDomainData(samples)
    return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  })

describe.skipIf(CHROMIUM === null)(`the runner’s page (${CHROMIUM ?? WITHOUT_CHROMIUM})`, () => {
  let browser: Browser
  let feed: ScriptedFeed
  let steps: Steps
  let server: Awaited<ReturnType<typeof startServer>>

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    feed = new ScriptedFeed()
    steps = new Steps(feed)
    server = await startServer({
      feed,
      recordings: noRecordings,
    })
  })
  afterEach(() => server.close())

  async function begin(prepare: (page: Page) => Promise<void> = tapAudio): Promise<Page> {
    feed.say(usual)
    const { page } = await openPage(browser, `${server.url}run`, { width: 1280, height: 800 }, prepare)
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByText('First steps').waitFor()
    return page
  }
  const cue = (page: Page, word: string): Promise<void> =>
    page.getByRole('status').filter({ hasText: word }).waitFor()

  it('waits for the runner’s own usual, and sets it when asked', async () => {
    const { page } = await openPage(browser, `${server.url}run`)
    await page.getByText('Not set yet.').waitFor()
    await page.locator('button:disabled', { hasText: 'Begin' }).waitFor()
    await page.getByRole('button', { name: 'Set usual now' }).click()
    await expect.poll(() => feed.told).toContain('baseline set')
    feed.say(usual)
    // 80 % of 7 g
    await page.getByText('5.6 g').waitFor()
    await page.locator('button:enabled', { hasText: 'Begin' }).waitFor()
  })

  it('says one word with the impact: softer while it is above the target, hold when it is there', async () => {
    const page = await begin()
    steps.run(8, 8, 8, 8, 8, 8)
    await cue(page, 'Softer')
    await page.locator('.big', { hasText: '8.0' }).waitFor()
    // a dozen soft steps: four seconds, more than the wash holds
    steps.run(...Array.from({ length: 12 }, () => 5))
    await cue(page, 'Hold')
    await page.locator('.big', { hasText: '5.0' }).waitFor()
    // strides of 0.72 s: 120 / 0.72 = 166.7 steps a minute; 12 of 18 steps were within
    await expect.poll(() => page.locator('.foot').innerText()).toMatch(/167[\s\S]*67 %/)
  })

  it('knocks for a step that is out, and is silent for one that is not', async () => {
    const page = await begin()
    steps.run(5, 5, 5, 5)
    await cue(page, 'Hold')
    expect(await loudest(page)).toBe(0)
    // a step that a busy page learns of too late has no knock, and one that is asked for too late has faded
    let heard = 0
    await expect
      .poll(async () => {
        steps.run(9)
        heard = await loudest(page)
        return heard
      })
      .toBeGreaterThan(0.02)
    expect(heard).toBeLessThan(0.4)

    await page.getByRole('button', { name: 'Sound' }).click()
    steps.run(...Array.from({ length: 9 }, () => 9))
    await cue(page, 'Softer')
    // what rang when it was pressed has faded
    await expect.poll(() => loudest(page)).toBe(0)
    steps.run(20, 20, 20, 20, 20)
    await page.locator('.big', { hasText: '20.0' }).waitFor()
    expect(await loudest(page)).toBe(0)
  })

  it('stops without asking, and takes it back for five seconds', async () => {
    const page = await begin((page) => page.clock.install())
    steps.run(5, 5, 5)
    await cue(page, 'Hold')
    // the page's time is the test's from here on
    await page.clock.pauseAt(Date.now() + 3_600_000)
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.clock.runFor(4_900)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.clock.runFor(10_000)
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.clock.runFor(4_900)
    await page.getByRole('button', { name: 'Undo' }).waitFor()
    expect(feed.told).toEqual([])
    await page.clock.runFor(300)
    await page.getByText('Last run').waitFor()
    await expect.poll(() => feed.told).toEqual(['stop'])
  })

  it.each([
    [1280, 800],
    [1024, 768],
  ])('is read at two metres on a tablet of %s × %s', async (width, height) => {
    for (const [aim, value] of [
      ['Softer landing', 12.3],
      ['Quicker steps', 12.3],
    ] as const) {
      feed.say(usual)
      const { page } = await openPage(browser, `${server.url}run`, { width, height })
      await page.getByText(aim, { exact: true }).click()
      await page.getByRole('button', { name: 'Begin' }).click()
      await page.getByText('First steps').waitFor()
      steps.run(...Array.from({ length: 12 }, () => value))
      await page.locator('.cue svg').waitFor()
      await expect.poll(() => fits(page)).toEqual([])
      const size = async (selector: string): Promise<number> =>
        page
          .locator(selector)
          .first()
          .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
      expect(await size('.big')).toBeGreaterThanOrEqual(220)
      expect(await size('.cue')).toBeGreaterThanOrEqual(72)
      expect(await size('.foot dd')).toBeGreaterThanOrEqual(60)
      expect(await size('.what')).toBeGreaterThanOrEqual(40)
      for (const name of ['Stop', 'Sound']) {
        const box = await page.getByRole('button', { name }).boundingBox()
        expect(Math.min(box!.width, box!.height)).toBeGreaterThanOrEqual(64)
      }
      await page.close()
    }
  })
})

/** Texts that leave their page or the field they stand in. */
const fits = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const field = document.querySelector('.field')!.getBoundingClientRect()
    return [...document.querySelectorAll('.run :is(h1, dt, dd, button, .big > *, .cue > span, text)')]
      .filter((element) => {
        const box = element.getBoundingClientRect()
        const inField = element.closest('.field') !== null
        const [right, bottom] = inField ? [field.right, field.bottom] : [innerWidth, innerHeight]
        const say = element.closest('.say')?.getBoundingClientRect()
        return (
          box.left < 0 ||
          box.right > right ||
          box.bottom > bottom ||
          (say !== undefined && box.right > say.right + 1) ||
          (inField && box.top < field.top)
        )
      })
      .map((element) => `${element.textContent} leaves its place`)
  })
