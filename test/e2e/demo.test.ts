import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHROMIUM, startChromium, WITHOUT_CHROMIUM } from './chromium.ts'
import { Command } from './command.ts'
import { inked, openPage, peaks } from './page.ts'

describe.skipIf(CHROMIUM === null)(`the demo in a browser (${CHROMIUM ?? WITHOUT_CHROMIUM})`, () => {
  let browser: Browser
  let folder: string
  const commands: Command[] = []
  const footfall = (...args: string[]): Command => {
    const command = new Command(folder, ...args)
    commands.push(command)
    return command
  }

  beforeAll(async () => {
    browser = await startChromium()
    folder = mkdtempSync(join(tmpdir(), 'footfall-demo-'))
  })
  afterAll(async () => {
    for (const command of commands) await command.interrupt()
    await browser.close()
    rmSync(folder, { recursive: true })
  })

  it('shows four pods and the curves of both legs, marks, ends at Ctrl-C, and replays what it recorded', {
    timeout: 300_000,
  }, async () => {
    const demo = footfall('demo', '--port', '0', '--no-open', '--for', '600')
    const url = await demo.says('companion')
    const { page, complaints } = await openPage(browser, `${url}pods`)
    await page.locator('.pod .tag', { hasText: 'streaming' }).nth(3).waitFor()
    for (const name of ['Left shoe', 'Left shin', 'Right shoe', 'Right shin'])
      await page.getByRole('heading', { name }).waitFor()

    await page.getByRole('link', { name: 'Live', exact: true }).click()
    const live = await peaks(page)
    // the runner of the demo peaks where runners do; what is exact is tested in the motion room
    for (const pct of [live.left, live.right]) expect(pct).toBeGreaterThan(20)
    for (const pct of [live.left, live.right]) expect(pct).toBeLessThan(70)
    for (const leg of ['l', 'r'] as const) await expect.poll(() => inked(page, leg)).toBeGreaterThan(0.005)

    await page.keyboard.press('m')
    await page.locator('.strip .flag').waitFor()

    expect(await demo.interrupt()).toBe(0)
    await page.getByText('Cannot reach the host').last().waitFor()
    expect(complaints).toEqual([])
    await page.close()

    const recording = await demo.says('recording')
    expect(statSync(recording).size).toBeGreaterThan(100_000)
    await replays(recording)
  })

  async function replays(recording: string): Promise<void> {
    const replay = footfall('replay', recording, '--port', '0', '--no-open')
    const { page, complaints } = await openPage(browser, `${await replay.says('companion')}sessions`)
    await page.getByRole('link', { name: `Replay ${basename(recording)}` }).click()
    await page.getByRole('button', { name: 'max' }).click()
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await page.locator('.panel.l .tag', { hasText: 'end' }).waitFor()
    const { left, right } = await peaks(page)
    expect(left).toBeGreaterThan(20)
    expect(right).toBeGreaterThan(20)
    await expect.poll(() => inked(page, 'r')).toBeGreaterThan(0.005)
    await page.locator('.scrubber .flag').first().waitFor()
    await page.locator('.scrubber .trend').first().waitFor()
    // back to the mark that was made above: the page stands there, and time does not run
    const position = async () => Number(await page.getByRole('slider').getAttribute('aria-valuenow'))
    const end = await position()
    await page.keyboard.press('[')
    await expect.poll(position).toBeLessThan(end)
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
    expect(complaints).toEqual([])
    expect(await replay.interrupt()).toBe(0)
  }
})
