import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sound } from '../../host/web/run/sound.ts'
import { CHROMIUM, startChromium, WITHOUT_CHROMIUM } from './chromium.ts'

const SOUND = fileURLToPath(new URL('../../host/web/run/sound.ts', import.meta.url))
const RATE = 48000

/** What a browser makes of some calls of {@link Sound}, one second of it. */
interface Heard {
  /** Loudest sample of each channel. */
  left: number
  right: number
  /** Zero crossings per second over 2, of the louder channel between 20 and 60 ms after the onset. */
  hz: number
  /** Largest step from one sample to the next. */
  steepest: number
  /** When the first sample over a hundredth of the loudest comes, s. */
  onsetS: number
  /** Of the last half second. */
  tail: number
}

describe.skipIf(CHROMIUM === null)(
  `the runner’s cues, as they sound (${CHROMIUM ?? WITHOUT_CHROMIUM})`,
  () => {
    let browser: Browser
    let page: Page

    beforeAll(async () => {
      browser = await startChromium()
      page = await browser.newPage()
      const { outputFiles } = await build({
        entryPoints: [SOUND],
        bundle: true,
        write: false,
        format: 'iife',
        globalName: 'cues',
      })
      await page.evaluate(outputFiles[0]!.text.replace('var cues', 'globalThis.cues'))
    })
    afterAll(() => browser.close())

    const hear = (what: (sound: Sound) => void, volume = 0.3): Promise<Heard> =>
      page.evaluate(
        async ({ what, volume, rate }) => {
          const context = new OfflineAudioContext(2, rate, rate)
          const { cues } = globalThis as unknown as { cues: { Sound: typeof Sound } }
          const play = new Function(`return ${what}`)() as (sound: Sound) => void
          play(new cues.Sound(context, volume))
          const buffer = await context.startRendering()
          const channels = [buffer.getChannelData(0), buffer.getChannelData(1)] as const
          const most = (samples: Float32Array): number =>
            samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0)
          const [left, right] = [most(channels[0]), most(channels[1])]
          const louder = left >= right ? channels[0] : channels[1]
          const onset = louder.findIndex((sample) => Math.abs(sample) > Math.max(left, right) / 100)
          const ringing = louder.subarray(onset + 0.02 * rate, onset + 0.06 * rate)
          let crossings = 0
          for (let i = 1; i < ringing.length; i++) if (ringing[i - 1]! < 0 !== ringing[i]! < 0) crossings++
          let steepest = 0
          for (let i = 1; i < louder.length; i++)
            steepest = Math.max(steepest, Math.abs(louder[i]! - louder[i - 1]!))
          return {
            left,
            right,
            hz: crossings / 2 / 0.04,
            steepest,
            onsetS: onset / rate,
            tail: most(louder.subarray(rate / 2)),
          }
        },
        { what: what.toString(), volume, rate: RATE },
      )

    it('knocks lower on the left, at the time it was told, and is gone in half a second', async () => {
      const left = await hear((sound) => sound.tick(0.1, 'left', 3))
      const right = await hear((sound) => sound.tick(0.1, 'right', 3))
      expect(left.left).toBeGreaterThan(2 * left.right)
      expect(right.right).toBeGreaterThan(2 * right.left)
      expect(left.hz).toBeCloseTo(440, -2)
      expect(right.hz).toBeCloseTo(620, -2)
      for (const { onsetS, tail } of [left, right]) {
        expect(onsetS).toBeGreaterThanOrEqual(0.1)
        expect(onsetS).toBeLessThan(0.11)
        expect(tail).toBeLessThan(1e-4)
      }
    })

    it('has three levels, each 6 dB above the one before', async () => {
      const [one, two, three] = [
        await hear((sound) => sound.tick(0.1, 'left', 1)),
        await hear((sound) => sound.tick(0.1, 'left', 2)),
        await hear((sound) => sound.tick(0.1, 'left', 3)),
      ]
      expect(two.left / one.left).toBeCloseTo(2, 1)
      expect(three.left / two.left).toBeCloseTo(2, 1)
    })

    it('is never louder than the volume says, and silent at none', async () => {
      const together = (sound: Sound): void => {
        for (let i = 0; i < 8; i++) {
          sound.tick(0.1, 'left', 3)
          sound.tick(0.1, 'right', 3)
          sound.beat(0.1)
        }
      }
      const loud = await hear(together, 1)
      expect(Math.max(loud.left, loud.right)).toBeLessThanOrEqual(Math.fround(Math.tanh(1)))
      const single = await hear((sound) => sound.tick(0.1, 'left', 3), 0.3)
      expect(single.left).toBeLessThan(0.3)
      expect(single.left).toBeGreaterThan(0.03)
      expect((await hear(together, 0)).left).toBe(0)
    })

    it('begins without a click: no sample jumps', async () => {
      const tick = await hear((sound) => sound.tick(0.1, 'right', 3), 1)
      // the steepest that its own two partials can be at full swing
      const own = tick.right * 2 * Math.PI * (620 + 0.35 * 2.76 * 620)
      expect(tick.steepest).toBeLessThan(own / RATE)
    })

    it('gives the metronome a timbre of its own, and the end two notes', async () => {
      const beat = await hear((sound) => sound.beat(0.1))
      expect(beat.left).toBeGreaterThan(0.01)
      expect(beat.left).toBeCloseTo(beat.right, 6)
      // noise round 3.2 kHz, far above either knock
      expect(beat.hz).toBeGreaterThan(1500)
      const done = await hear((sound) => sound.done(0.1))
      expect(done.hz).toBeCloseTo(523, -2)
      expect(done.left).toBeGreaterThan(0.01)
    })
  },
)
