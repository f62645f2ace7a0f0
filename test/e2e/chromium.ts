import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Where Chromium is: `FOOTFALL_CHROMIUM`, the usual place, or the path; `null` when there is none. */
export const CHROMIUM: string | null =
  [
    process.env.FOOTFALL_CHROMIUM ?? '',
    '/usr/bin/chromium',
    ...(process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'chromium')),
  ].find((path) => path !== '' && isProgram(path)) ?? null

export const WITHOUT_CHROMIUM = 'no Chromium: install it or say where it is with FOOTFALL_CHROMIUM'

/** Starts Chromium so that it runs as root, without a display, and speaks to nobody by itself. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM!,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
