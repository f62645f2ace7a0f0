import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Server, startServer } from '../../host/server/server.ts'
import type { LegStretch, Overview, SessionSegment, Tag } from '../../host/session/feed.ts'
import type { RecordingEntry } from '../../host/session/recordings.ts'
import { SIDES } from '../../shared/places.ts'
import { ScriptedFeed, stanceOf } from '../server/scripted-feed.ts'
import { expectAccessible } from './accessible.ts'
import { CHROMIUM, startChromium, WITHOUT_CHROMIUM } from './chromium.ts'
import { openPage } from './page.ts'

/** Strides that evert to 10° at `peakPct`, in straight lines. */
function stretch(peakPct: number, n: number): LegStretch {
  const { curves } = stanceOf(0, { peakPct })
  const of = (mean: number, sd: number, uncertainty: number) => ({ mean, sd, n, uncertainty })
  const curve = (mean: number[]) => ({ mean, sd: mean.map(() => 0.5) })
  return {
    strides: n,
    metrics: {
      peakEversionDeg: of(10, 0.5, 0.6),
      peakEversionPct: of(peakPct, 1.5, 2),
      tibialRotationExcursionDeg: of(10, 0.5, 0.6),
    },
    curves: { eversionDeg: curve(curves.eversionDeg!), tibialRotationDeg: curve(curves.tibialRotationDeg!) },
  }
}

const segment = (index: number, peakPct: number, tags: Tag, n = 40): SessionSegment => ({
  index,
  fromS: 100 * index,
  toS: 100 * index + 100,
  label: '',
  tags,
  legs: { left: stretch(peakPct, n), right: stretch(44, n) },
})

const overviewOf = (segments: SessionSegment[]): Overview => ({
  durationS: 200,
  strides: segments.flatMap(({ fromS, legs }) =>
    SIDES.flatMap((leg) =>
      Array.from({ length: 20 }, (_, i) => ({
        leg,
        icS: fromS + i,
        toS: fromS + i + 0.25,
        cadenceSpm: 160,
        peakEversionPct: legs[leg].metrics.peakEversionPct!.mean + (i % 3) - 1,
        peakTibialAxialG: 6,
        ok: true,
      })),
    ),
  ),
  marks: [],
  gaps: [],
  segments,
})

const OVERVIEWS: Record<string, Overview> = {
  'spring.mcap': overviewOf([segment(0, 44, { speedMPerS: 3 })]),
  'autumn.mcap': overviewOf([
    segment(0, 58, { speedMPerS: 3.4 }, 60),
    segment(1, 45, { speedMPerS: 3, shoe: 'Racer' }, 30),
  ]),
  'stood.mcap': overviewOf([]),
}

class Recorded extends ScriptedFeed {
  readonly #overview: Overview

  constructor(overview: Overview) {
    super('replay')
    this.#overview = overview
  }

  override async overview(): Promise<Overview> {
    return this.#overview
  }
}

const entry = (name: string, startedAt: string): RecordingEntry => ({
  name,
  bytes: 45_000_000,
  startedAt,
  durationS: 200,
  subject: { id: 'R-014', shoe: 'Trainer' },
  problem: null,
})

describe.skipIf(CHROMIUM === null)(`two recordings compared (${CHROMIUM ?? WITHOUT_CHROMIUM})`, () => {
  let browser: Browser
  let server: Server
  let page: Page

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    server = await startServer({
      feed: new ScriptedFeed(),
      recordings: {
        list: async () => [
          entry('autumn.mcap', '2026-11-12T17:20:00Z'),
          entry('stood.mcap', '2026-07-12T17:20:00Z'),
          entry('spring.mcap', '2026-04-22T17:05:00Z'),
        ],
        open: async (name) => {
          const overview = OVERVIEWS[name]
          return overview ? new Recorded(overview) : null
        },
      },
    })
  })
  afterEach(async () => {
    await page.close()
    await server.close()
  })

  const open = async (path: string): Promise<void> => {
    ;({ page } = await openPage(browser, server.url + path))
  }

  it('is two presses in the list and Compare: what moved, where in stance, and what was not the same', async () => {
    await open('sessions')
    const compare = page.locator('.ctx').getByRole('button', { name: 'Compare' })
    await compare.waitFor()
    expect(await compare.isDisabled()).toBe(true)
    await page.getByRole('checkbox', { name: 'Choose autumn.mcap to compare' }).press('Space')
    await page.getByRole('checkbox', { name: 'Choose spring.mcap to compare' }).press('Space')
    await page.locator('.ctx').getByRole('link', { name: 'Compare' }).click()
    await page
      .getByRole('heading', {
        name: /^Left: peak timing 14 % later \(eversion differs .* % of stance.*\); right: no change that can be told\.$/,
      })
      .waitFor()
    expect(new URL(page.url()).search).toBe('?a=spring.mcap&b=autumn.mcap')
    // up to 44 % B rises slower, behind its peak it falls from higher: both beyond 1.96 √2 · 0.6°
    await page
      .locator('.diffpanel')
      .getByText(/differs from \d\d to \d\d.* % of stance/)
      .first()
      .waitFor()
    await page.getByText('differs nowhere').waitFor()
    await page.getByText('another speed (3.0 m/s, then 3.4 m/s)').waitFor()
    await page.getByRole('img', { name: 'Left: shoe peaks at 44 % in A, at 58 % in B' }).waitFor()
    const timing = page.locator('tbody.l tr', { hasText: 'Peak timing' })
    // 1.96 · √(2² + 2²)
    expect(await timing.innerText()).toContain('more than 5.5 %')
    const degrees = page.locator('tbody.l tr', { hasText: 'Peak eversion' })
    expect(await degrees.innerText()).toMatch(/too small to tell\s+under 1\.7°/)
    expect(await degrees.getAttribute('class')).toBe('no')

    await page.getByText('Rotation', { exact: true }).click()
    await page.getByRole('img', { name: /Left, Tibial internal rotation: differs from/ }).waitFor()
    // of the other stretch of B there are fewer strides, at the speed of A, in another shoe
    await page.getByRole('combobox', { name: 'Stretch of B' }).selectOption({ index: 1 })
    await page.getByRole('heading', { name: 'Left and right: no change that can be told.' }).waitFor()
    await page.getByText('another shoe (Trainer, then Racer)').waitFor()
    expect(await page.getByText('another speed').count()).toBe(0)
    await page.getByRole('link', { name: 'Swap A and B' }).click()
    await page.getByRole('heading', { name: 'Left: peak timing 14 % earlier' }).waitFor()

    await expectAccessible(page)
  })

  it('asks which two where none is named: the last two, the earlier as A', async () => {
    await open('live')
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await page.locator('.nav a[aria-current]', { hasText: 'Compare' }).waitFor()
    await page.getByRole('combobox', { name: 'A' }).selectOption('spring.mcap')
    const compare = page.locator('main').getByRole('link', { name: 'Compare' })
    await page.getByRole('combobox', { name: 'B' }).selectOption('spring.mcap')
    await page.getByText('These are the same recording twice.').waitFor()
    expect(await compare.count()).toBe(0)
    await page.getByRole('combobox', { name: 'B' }).selectOption('autumn.mcap')
    await compare.click()
    await page.getByRole('heading', { name: 'Left: peak timing 14 % later' }).waitFor()
    expect(new URL(page.url()).search).toBe('?a=spring.mcap&b=autumn.mcap')
  })

  it.each([
    ['compare', 'Which two recordings?'],
    ['compare?a=spring.mcap&b=spring.mcap', 'These are the same recording twice.'],
    ['compare?a=spring.mcap&b=gone.mcap', '“gone.mcap” is not there, or cannot be read.'],
    ['compare?a=stood.mcap&b=spring.mcap', '“stood.mcap” holds no strides that can be compared.'],
  ])('/%s says what is missing, and where to go', async (path, says) => {
    await open(path)
    await page.locator('main b').getByText(says).waitFor()
    await page.getByRole('link', { name: 'Go to Sessions' }).waitFor()
  })
})
