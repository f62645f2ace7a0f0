import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startServer } from '../../host/server/server.ts'
import type { LegPose, PoseMessage, Quaternion } from '../../host/session/feed.ts'
import { noRecordings, ScriptedFeed, stanceOf } from '../server/scripted-feed.ts'
import { CHROMIUM, startChromium, WITHOUT_CHROMIUM } from './chromium.ts'
import { openPage } from './page.ts'

/** Upright, then leaning forward by `lean` and rolled toward the runner's right by `roll`, rad: small turns about y (left) and x. */
const turned = (lean: number, roll: number): Quaternion => {
  const [w, x] = [Math.cos(Math.PI / 4 + roll / 2), Math.sin(Math.PI / 4 + roll / 2)]
  const [c, s] = [Math.cos(lean / 2), Math.sin(lean / 2)]
  return [c * w, c * x, s * w, -s * x]
}

const standing = (eversionDeg: number, sinceContactS: number | null = 0.1): LegPose => ({
  shin: turned(0.2, 0),
  shoe: turned(0, (eversionDeg * Math.PI) / 180),
  eversionDeg,
  sinceContactS,
  provisional: false,
})
const swinging: LegPose = { ...standing(0, null), shin: turned(1.2, 0), shoe: turned(1.2, 0) }
const pose = (timeS: number, left: LegPose, right: LegPose = swinging): PoseMessage => ({
  type: 'pose',
  timeS,
  legs: { left, right },
})

/** Share of the picture's pixels in which blue, and in which red, stands out; of the left and the right half. */
async function colours(page: Page): Promise<{ blue: number; red: number }[]> {
  const png = (await page.locator('.legs-3d canvas').screenshot()).toString('base64')
  return page.evaluate(async (data) => {
    const image = new Image()
    image.src = `data:image/png;base64,${data}`
    await image.decode()
    const canvas = document.createElement('canvas')
    const { width, height } = Object.assign(canvas, { width: image.width, height: image.height })
    const context = canvas.getContext('2d')!
    context.drawImage(image, 0, 0)
    return [0, Math.floor(width / 2)].map((x) => {
      const pixels = context.getImageData(x, 0, Math.floor(width / 2), height).data
      let [blue, red] = [0, 0]
      for (let i = 0; i < pixels.length; i += 4) {
        const more = pixels[i + 2]! - pixels[i]!
        if (more > 60) blue++
        if (more < -60) red++
      }
      return { blue: (4 * blue) / pixels.length, red: (4 * red) / pixels.length }
    })
  }, png)
}

describe.skipIf(CHROMIUM === null)(`the legs in 3-D (${CHROMIUM ?? WITHOUT_CHROMIUM})`, () => {
  let browser: Browser
  let feed: ScriptedFeed
  let server: Awaited<ReturnType<typeof startServer>>
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    feed = new ScriptedFeed()
    for (const leg of ['left', 'right'] as const)
      for (let index = 0; index < 3; index++)
        feed.say({ type: 'stance', stance: stanceOf(index, { leg, peakDeg: leg === 'left' ? 11.2 : 9 }) })
    server = await startServer({
      feed,
      recordings: noRecordings,
    })
  })
  afterEach(() => server.close())

  const open = async () => {
    const all = await openPage(browser, `${server.url}live`)
    await all.page.locator('.panel.l .hero .v', { hasText: '%' }).waitFor()
    return all
  }
  const opened = async (prepare: (page: Page) => Promise<unknown> = async () => {}) => {
    const all = await open()
    await prepare(all.page)
    await all.page.keyboard.press('3')
    await all.page.locator('.legs-3d canvas:not([hidden])').waitFor()
    await expect.poll(() => feed.posed).toBe(1)
    return all
  }
  const shown = async (page: Page, message: PoseMessage, left: string) => {
    feed.pose(message)
    await page.locator('.beside .l b', { hasText: left }).waitFor()
  }
  const picture = async (page: Page) =>
    (await page.locator('.legs-3d canvas').screenshot()).toString('base64')
  /** The picture once nothing of it is due any more. */
  const still = async (page: Page) => {
    let last = ''
    await expect
      .poll(async () => {
        const before = last
        last = await picture(page)
        return last === before
      })
      .toBe(true)
    return last
  }
  /** … and once it is another one. */
  const another = async (page: Page, before: string) => {
    await expect.poll(() => picture(page)).not.toBe(before)
    return still(page)
  }
  /** How often the code that draws has been fetched. */
  const fetched = (page: Page) =>
    page.evaluate(
      () =>
        performance.getEntriesByType('resource').filter(({ name }) => name.includes('legs-3d-scene')).length,
    )

  it('fetches its code and asks for poses when it is opened, and lets both go when it is closed', async () => {
    const { page, complaints } = await open()
    expect(feed.posed).toBe(0)
    expect(await fetched(page)).toBe(0)
    await page.keyboard.press('3')
    await page.locator('.legs-3d canvas:not([hidden])').waitFor()
    expect(await fetched(page)).toBe(1)
    await expect.poll(() => feed.posed).toBe(1)
    await page.keyboard.press('3')
    await expect.poll(() => feed.posed).toBe(0)
    await page.locator('.legs-3d').waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
  })

  it('draws the left leg blue on the left, the right one orange on the right, and moves with the runner', async () => {
    const { page, complaints } = await opened()
    await shown(page, pose(1, standing(8)), '8°')
    await expect.poll(async () => (await colours(page))[0]!.blue).toBeGreaterThan(0.004)
    const before = await still(page)
    const [left, right] = await colours(page)
    expect(right!.red).toBeGreaterThan(0.01)
    expect(left!.red).toBeLessThan(0.001)
    expect(right!.blue).toBeLessThan(0.001)
    await shown(page, pose(1.03, standing(-6), standing(3)), '−6°')
    await another(page, before)
    await page.locator('.beside .r', { hasText: /3°\s*everted/ }).waitFor()
    expect(complaints).toEqual([])
  })

  it('is seen from behind, from the side, from the front, and as it is turned', async () => {
    const { page } = await opened()
    await shown(page, pose(1, standing(8)), '8°')
    await expect.poll(async () => (await colours(page))[0]!.blue).toBeGreaterThan(0.004)
    const seen = [await still(page)]
    for (const name of ['Side', 'Front']) {
      await page.getByText(name, { exact: true }).click()
      seen.push(await another(page, seen.at(-1)!))
    }
    // seen from the front the left leg is on the right
    expect((await colours(page))[1]!.blue).toBeGreaterThan(0.004)
    await page.locator('.beside p:first-child.r').waitFor()
    await page.locator('.legs-3d .scene').focus()
    await page.keyboard.press('ArrowRight')
    seen.push(await another(page, seen.at(-1)!))
    await page.getByText('turned; Home goes behind').waitFor()
    const box = (await page.locator('.legs-3d .scene').boundingBox())!
    await page.mouse.move(box.x + 100, box.y + 100)
    await page.mouse.down()
    await page.mouse.move(box.x + 160, box.y + 80, { steps: 3 })
    await page.mouse.up()
    seen.push(await another(page, seen.at(-1)!))
    expect(new Set(seen).size).toBe(seen.length)
    await page.keyboard.press('Home')
    await page.getByText('from behind').waitFor()
  })

  it('with less motion stands still through a stance and shows its furthest when it is over', async () => {
    const { page } = await opened((page) => page.emulateMedia({ reducedMotion: 'reduce' }))
    await shown(page, pose(1, { ...standing(0, null) }), '11.2°')
    await expect.poll(async () => (await colours(page))[0]!.blue).toBeGreaterThan(0.004)
    const before = await still(page)
    for (const [timeS, deg] of [
      [1.1, -4],
      [1.2, 9.4],
      [1.3, 2],
    ] as const)
      feed.pose(pose(timeS, standing(deg)))
    feed.say({ type: 'mark', mark: { timeS: 1.3, kind: 'mark', text: 'through the stance' } })
    await page.locator('.flag', { hasText: 'through the stance' }).waitFor()
    expect(await picture(page)).toBe(before)
    await shown(page, pose(1.4, standing(0, null)), '9.4°')
    await another(page, before)
  })

  it('says in words and in a table what it shows', async () => {
    const { page } = await opened()
    await shown(page, pose(1, standing(8)), '8°')
    await page
      .locator('.scene[aria-label*="Legs from behind"][aria-label*="left 11.2°, right 9.0°"]')
      .waitFor()
    await page.keyboard.press('d')
    const row = page.locator('.legs-3d tbody tr').first()
    await expect.poll(() => row.innerText()).toMatch(/Peak eversion, °\s+11\.2\s+9\.0/)
    expect(await page.locator('.legs-3d canvas').count()).toBe(0)
    await expect.poll(() => feed.posed).toBe(0)
  })

  it('says so where there is no WebGL', async () => {
    const { page } = await open()
    await page.evaluate(() => {
      const { getContext } = HTMLCanvasElement.prototype
      HTMLCanvasElement.prototype.getContext = function (
        this: HTMLCanvasElement,
        kind: string,
        ...rest: never[]
      ) {
        return kind.startsWith('webgl') ? null : getContext.call(this, kind as never, ...rest)
      } as never
    })
    await page.keyboard.press('3')
    await page.getByText('cannot draw in 3-D').waitFor()
  })

  it('asks again for poses when the host comes back', async () => {
    const { page } = await opened()
    const { port } = new URL(server.url)
    await server.close()
    await page.getByText('Cannot reach the host').first().waitFor()
    await expect.poll(() => feed.posed).toBe(0)
    server = await startServer({
      feed,
      port: Number(port),
      recordings: noRecordings,
    })
    await expect.poll(() => feed.posed).toBe(1)
  })
})
