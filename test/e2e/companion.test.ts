import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startServer } from '../../host/server/server.ts'
import { PLACES, SIDES } from '../../shared/places.ts'
import { noRecordings, ScriptedFeed, stanceOf } from '../server/scripted-feed.ts'
import { podLive } from '../shared/pod-live.ts'
import { CHROMIUM, startChromium, WITHOUT_CHROMIUM } from './chromium.ts'
import { drawn, inked, openPage, peaks } from './page.ts'

const pods = PLACES.map((place) =>
  podLive(place, { batteryPct: 80, clockErrorMs: 0.3, alignment: { method: 'm', qualityPct: 95 } }),
)

/** Twelve stances of each leg: left peaks at 56 %, right at 43 %. */
function run(feed: ScriptedFeed, from = 0): void {
  feed.say({ type: 'pods', timeS: 1, pods })
  for (let index = from; index < from + 12; index++)
    for (const leg of SIDES)
      feed.say({ type: 'stance', stance: stanceOf(index, { leg, peakPct: leg === 'left' ? 56 : 43 }) })
}

describe.skipIf(CHROMIUM === null)(`the companion (${CHROMIUM ?? WITHOUT_CHROMIUM})`, () => {
  let browser: Browser
  let feed: ScriptedFeed
  let server: Awaited<ReturnType<typeof startServer>>
  const serve = (port = 0) => startServer({ feed, recordings: noRecordings, port })

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    feed = new ScriptedFeed()
    server = await serve()
  })
  afterEach(() => server.close())

  const open = async (path: string, size?: { width: number; height: number }): Promise<Page> => {
    const { page } = await openPage(browser, server.url + path, size)
    return page
  }
  /** Live, with a run of which everything has arrived. */
  const openRun = async (): Promise<Page> => {
    const page = await open('live')
    run(feed)
    await drawn(page, 12)
    return page
  }

  it('says when each shoe peaks, left beside right', async () => {
    const page = await open('live')
    await page.getByText('No pods yet').first().waitFor()
    run(feed)
    await drawn(page, 12)
    expect(await peaks(page)).toEqual({ left: 56, right: 43 })
    await expect.poll(() => inked(page, 'l')).toBeGreaterThan(0.005)
    const left = await page.locator('.panel.l').boundingBox()
    const right = await page.locator('.panel.r').boundingBox()
    expect(left!.x + left!.width).toBeLessThanOrEqual(right!.x)
  })

  it('changes when a stance ends and not before', async () => {
    const page = await openRun()
    const before = await page.locator('.panel.l').innerHTML()
    feed.say({
      type: 'event',
      event: { leg: 'left', kind: 'initial-contact', timeS: 20, announcedS: 20, confidence: 1 },
    })
    feed.say({ type: 'mark', mark: { timeS: 20, kind: 'mark', text: 'seen' } })
    await page.locator('.flag', { hasText: 'seen' }).waitFor()
    expect(await page.locator('.panel.l').innerHTML()).toBe(before)
    feed.say({ type: 'stance', stance: stanceOf(12, { peakPct: 20 }) })
    await page.locator('.panel.l .vs', { hasText: 'now 20 %' }).waitFor()
  })

  it('keeps a lost pod’s band, drops its numbers, and says which pod and what to do', async () => {
    const page = await openRun()
    const lost = { ...pods[1]!, streaming: false, problem: 'check its cable' }
    feed.say({ type: 'pods', timeS: 14, pods: pods.with(1, lost) })
    await page.locator('.panel.l .tag', { hasText: '✕ left shin' }).waitFor()
    await page.locator('.panel.l .status', { hasText: 'check its cable' }).waitFor()
    await page.locator('.panel.l .hero .v', { hasText: /^—$/ }).waitFor()
    await page.locator('.panel.r .hero .v', { hasText: '43' }).waitFor()
  })

  it('comes back by itself when the host does, with what happened meanwhile', async () => {
    const page = await openRun()
    const { port } = new URL(server.url)
    await server.close()
    await page.getByRole('status').getByText('Cannot reach the host').waitFor()
    run(feed, 12)
    feed.say({ type: 'stance', stance: stanceOf(30, { peakPct: 30 }) })
    server = await serve(Number(port))
    await page.locator('.panel.l .vs', { hasText: 'now 30 %' }).waitFor()
    await expect.poll(() => page.getByText('Cannot reach the host').count()).toBe(0)
  })

  it('can be worked with the keyboard alone', async () => {
    const page = await openRun()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.keyboard.press('m')
    await page.locator('.flag').waitFor()
    await page.keyboard.press('t')
    await page.keyboard.type('Racer 2')
    await page.keyboard.press('Enter')
    await page.locator('.flag', { hasText: 'Racer 2' }).waitFor()
    expect(feed.told.slice(0, 2)).toEqual(['mark mark ', 'mark tag Racer 2 [object Object]'])

    await page.keyboard.press('d')
    // straight lines to 10° at 56 %: 55 % is 9.8°
    await page.locator('.panel.l tbody tr').nth(11).getByText('9.8').first().waitFor()
    await page.keyboard.press('d')

    await page.locator('.panel.l .chart').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.locator('.panel.l .at', { hasText: '1 %' }).waitFor()

    await page.keyboard.press('r')
    await page.getByRole('button', { name: 'Stop recording?' }).waitFor()
    expect(feed.told).toHaveLength(2)
    await page.keyboard.press('r')
    await expect.poll(() => feed.told.at(-1)).toBe('stop')
    await page.keyboard.press('g')
    await page.keyboard.press('p')
    await page.getByRole('heading', { name: 'Where they are worn' }).waitFor()
  })

  it('has the tag form open and in focus before the key that opens it is up, so that no letter is lost', async () => {
    const page = await openRun()
    const during = await page.evaluate(() => {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 't', bubbles: true, cancelable: true }))
      return document.activeElement?.getAttribute('name')
    })
    expect(during).toBe('shoe')
    await page.keyboard.press('Escape')
    // letters that are keys of their own
    await page.keyboard.type('tmdrg')
    await page.keyboard.press('Enter')
    await page.locator('.flag', { hasText: 'mdrg' }).waitFor()
    expect(feed.told).toEqual(['mark tag mdrg [object Object]'])
  })

  it('says so when there is no session yet, and when the list is empty', async () => {
    const page = await open('sessions')
    await page.getByText('No sessions yet').waitFor()
  })

  it('tells why a recording cannot be shown, in its place, and offers nothing to press', async () => {
    const page = await open('sessions/gone.mcap')
    await page.getByText('Cannot be shown').first().waitFor()
    await page.getByText('gone.mcap').first().waitFor()
    expect(await page.getByRole('button', { name: 'Start' }).count()).toBe(0)
  })

  it.each([
    [1280, 800],
    [1024, 768],
    [390, 844],
  ])('shows all its words at %s × %s, in either theme', async (width, height) => {
    for (const [path, there] of [
      ['live', '.panel.r [aria-label*="over 12 stances"]'],
      ['pods', '.pod .tag'],
      ['sessions', 'text=No sessions yet'],
    ] as const) {
      run(feed)
      const page = await open(path, { width, height })
      await page.locator(there).first().waitFor()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
        expect(await faint(page)).toEqual([])
      }
      if (path === 'live' && width >= 1180)
        expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(height)
      await page.close()
    }
  })
})

/** Texts whose contrast with what lies behind them is under 4.5 : 1 (WCAG 2.2, 1.4.3); disabled controls are exempt, and the
 * letters on drawn pods, whose colours are the legs' own. */
const faint = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!
    const known = new Map<string, number[]>()
    const rgba = (colour: string): number[] => {
      const before = known.get(colour)
      if (before) return before
      context.clearRect(0, 0, 1, 1)
      context.fillStyle = colour
      context.fillRect(0, 0, 1, 1)
      const channels = [...context.getImageData(0, 0, 1, 1).data]
      known.set(colour, channels)
      return channels
    }
    const luminance = (rgb: number[]): number => {
      const [r, g, b] = rgb.map((byte) => {
        const c = byte / 255
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
    }
    const behind = (element: Element | null): number[] => {
      for (let at = element; at; at = at.parentElement) {
        const colour = rgba(getComputedStyle(at).backgroundColor)
        if (colour[3] === 255) return colour
      }
      return [255, 255, 255, 255]
    }
    return [...document.querySelectorAll('body *')]
      .filter((element) => {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())
        return (
          own && element.checkVisibility() && !element.closest('[disabled], title, dialog, script, .letter')
        )
      })
      .flatMap((element) => {
        const style = getComputedStyle(element)
        const ink = rgba(element instanceof SVGElement ? style.fill : style.color)
        const [a, b] = [luminance(ink), luminance(behind(element))]
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
        return contrast < 4.5 ? [`${element.textContent?.slice(0, 30)} ${contrast.toFixed(1)}`] : []
      })
  })
