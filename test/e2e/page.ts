import type { Browser, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'

const WAIT_MS = 60_000

export interface OpenPage {
  page: Page
  /** Errors of the page and requests that left the machine: there must be none. */
  complaints: string[]
}

/** A page of this test alone: it is closed with it, and does not look for a host that is gone. */
export async function openPage(
  browser: Browser,
  url: string,
  size = { width: 1440, height: 900 },
  prepare: (page: Page) => Promise<void> = async () => {},
): Promise<OpenPage> {
  const page = await browser.newPage({ viewport: size })
  onTestFinished(() => page.close())
  await slow(page)
  await prepare(page)
  const complaints: string[] = []
  const { host } = new URL(url)
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    const asked = new URL(request.url())
    if (asked.protocol !== 'data:' && asked.host !== host) complaints.push(`asked ${asked.href}`)
  })
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text())
  })
  // a busy machine is slow, not wrong
  page.setDefaultTimeout(WAIT_MS)
  page.setDefaultNavigationTimeout(WAIT_MS)
  await page.goto(url)
  return { page, complaints }
}

/** `FOOTFALL_SLOW=6` makes the page's processor so many times slower, to find tests that only pass on a fast machine. */
async function slow(page: Page): Promise<void> {
  const rate = Number(process.env.FOOTFALL_SLOW ?? 1)
  if (rate === 1) return
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Emulation.setCPUThrottlingRate', { rate })
}

/** Waits until both legs show the time of their peak, in %, and gives it. */
export async function peaks(page: Page): Promise<{ left: number; right: number }> {
  const of = async (leg: 'l' | 'r'): Promise<number> => {
    const value = page.locator(`.panel.${leg} .hero .v`).filter({ hasText: /\d+ ?%/ })
    return Number.parseFloat((await value.innerText()).replace('~', ''))
  }
  return { left: await of('l'), right: await of('r') }
}

/** Waits until both legs are drawn over `n` stances: of a run that is over, nothing is on its way any more. */
export async function drawn(page: Page, n: number): Promise<void> {
  for (const leg of ['l', 'r'])
    await page.locator(`.panel.${leg} [aria-label*="over ${n} stances"]`).waitFor()
}

/** Share of the pixels of a leg's eversion plot that carry a curve or a band. */
export const inked = (page: Page, leg: 'l' | 'r'): Promise<number> =>
  page
    .locator(`.panel.${leg} canvas`)
    .first()
    .evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement
      const pixels = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height).data
      let count = 0
      for (let i = 3; i < pixels.length; i += 4) if (pixels[i]! > 0) count++
      return count / (width * height)
    })
