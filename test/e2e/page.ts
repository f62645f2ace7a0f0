import type { Browser, Page } from 'playwright-core'

export interface OpenPage {
  page: Page
  /** Errors of the page and requests that left the machine: there must be none. */
  complaints: string[]
}

export async function openPage(
  browser: Browser,
  url: string,
  size = { width: 1440, height: 900 },
  prepare: (page: Page) => Promise<void> = async () => {},
): Promise<OpenPage> {
  const page = await browser.newPage({ viewport: size })
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
  await page.goto(url)
  return { page, complaints }
}

/** Waits until both legs show the time of their peak, in %, and gives it. */
export async function peaks(page: Page, timeout = 30_000): Promise<{ left: number; right: number }> {
  const of = async (leg: 'l' | 'r'): Promise<number> => {
    const value = page.locator(`.panel.${leg} .hero .v`)
    await value.filter({ hasText: /\d+ ?%/ }).waitFor({ timeout })
    return Number.parseFloat((await value.innerText()).replace('~', ''))
  }
  return { left: await of('l'), right: await of('r') }
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
