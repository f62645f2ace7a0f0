import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { simulate } from '../../firmware/virtual/simulate.ts'
import { importFolder } from '../../host/session/import.ts'
import { startChromium } from '../e2e/chromium.ts'
import { Command } from '../e2e/command.ts'
import { peaks } from '../e2e/page.ts'

/**
 * Every page of the companion as it looks with virtual pods, light and dark, on a desk and on two tablets, as pictures:
 * `npm run -s screenshots -- [--out artefacts/pages] [--only run]`. Takes some two minutes.
 */

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: fileURLToPath(new URL('../../artefacts/pages', import.meta.url)) },
    only: { type: 'string' },
  },
})

const SIZES = {
  desktop: { width: 1440, height: 900 },
  tablet: { width: 1280, height: 800 },
  small: { width: 1024, height: 768 },
} as const

type Prepare = (page: Page) => Promise<unknown>

const settled = (page: Page): Promise<unknown> => page.waitForLoadState('networkidle')

/** Before a picture is taken of it. */
const LIVE_PAGES: Record<string, { path: string; prepare?: Prepare }> = {
  live: { path: 'live', prepare: (page) => peaks(page) },
  pods: { path: 'pods', prepare: (page) => page.locator('.pod .tag.good').first().waitFor() },
  'run-before': { path: 'run' },
  run: {
    path: 'run',
    prepare: async (page) => {
      await page.getByRole('button', { name: /^Begin/ }).click()
      await page.locator('.cue svg').waitFor()
      await page.waitForTimeout(3000)
    },
  },
  settings: { path: 'settings' },
  pair: { path: 'pair' },
}

/** A minute of another runner, to compare with. */
const OTHER = 'other.mcap'
async function recordOther(recordings: string): Promise<void> {
  await simulate(join(folder, 'other'), { seconds: 60, seed: 9, speedMPerS: 3.2 })
  await importFolder(join(folder, 'other'), join(recordings, OTHER))
}

const replayPages = (recording: string): typeof LIVE_PAGES => ({
  sessions: { path: 'sessions', prepare: (page) => page.locator('.dots').first().waitFor() },
  replay: {
    path: `sessions/${encodeURIComponent(recording)}`,
    prepare: async (page) => {
      await page.locator('.scrubber .trend').first().waitFor()
      const box = (await page.getByRole('slider').boundingBox())!
      await page.mouse.click(box.x + 0.8 * box.width, box.y + box.height / 2)
      await peaks(page)
    },
  },
  compare: {
    path: `compare?a=${encodeURIComponent(recording)}&b=${OTHER}`,
    prepare: (page) => page.locator('.rails svg').last().waitFor(),
  },
  missing: { path: 'sessions/gone.mcap' },
})

async function takeAll(browser: Browser, url: string, pages: typeof LIVE_PAGES): Promise<void> {
  for (const [name, { path, prepare = settled }] of Object.entries(pages)) {
    if (values.only !== undefined && name !== values.only) continue
    for (const [size, viewport] of Object.entries(SIZES))
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await browser.newPage({ viewport, colorScheme })
        page.setDefaultTimeout(90_000)
        await page.goto(url + path)
        await page.locator('#main').waitFor()
        await prepare(page)
        await page.screenshot({ path: join(values.out, `${name}-${size}-${colorScheme}.png`) })
        await page.close()
      }
  }
}

/** The runner's own usual, without which there is nothing to aim at: asked for until there are strides enough. */
async function setUsual(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage()
  await page.goto(`${url}run`)
  const again = page.getByRole('button', { name: 'Set usual anew' })
  while (!(await again.isVisible())) {
    await page.getByRole('button', { name: 'Set usual' }).click()
    await page.waitForTimeout(2000)
  }
  await page.close()
}

const folder = mkdtempSync(join(tmpdir(), 'footfall-pages-'))
mkdirSync(values.out, { recursive: true })
const browser = await startChromium()
const demo = new Command(folder, 'demo', '--port', '0', '--no-open', '--lan')
const demoUrl = await demo.says('companion')
await setUsual(browser, demoUrl)
await takeAll(browser, demoUrl, LIVE_PAGES)
await demo.interrupt()
const recording = await demo.says('recording')
await recordOther(resolve(folder, dirname(recording)))
const replay = new Command(folder, 'replay', recording, '--port', '0', '--no-open')
await takeAll(browser, await replay.says('companion'), replayPages(basename(recording)))
await replay.interrupt()
await browser.close()
rmSync(folder, { recursive: true })
console.log(`pictures in ${values.out}`)
