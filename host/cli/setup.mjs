// Makes a fresh clone ready to run: dependencies and, with --browser, a Chromium for the browser tests.
// Plain JavaScript for whatever Node ≥ 20 the machine has: the Node the project runs on comes with the dependencies.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const say = (text) => process.stderr.write(`footfall: ${text}\n`)

function dependencies() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const marker = join(root, 'node_modules', '.footfall-lock')
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) return
  say('installing dependencies (once; about half a minute) …')
  const npm = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (npm.status !== 0) {
    say('npm ci failed (its message is above). Check the network to the npm registry and run this again.')
    process.exit(1)
  }
  if (!existsSync(join(root, 'node_modules', '.bin', 'node'))) {
    say(
      'the dependency "node" did not install its binary: allow its install script (npm config get ignore-scripts) and run again.',
    )
    process.exit(1)
  }
  writeFileSync(marker, lock)
}

function onPath(name) {
  return spawnSync('sh', ['-c', `command -v ${name}`]).status === 0
}

function browser() {
  const given = process.env.FOOTFALL_CHROMIUM
  if (given ? existsSync(given) : ['chromium', 'chromium-browser', 'google-chrome'].some(onPath)) return
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    say('installing Chromium for the browser tests (once) …')
    const quiet = {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }
    try {
      execFileSync('apt-get', ['update', '-qq'], quiet)
      execFileSync(
        'apt-get',
        ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
        quiet,
      )
      return
    } catch {
      say('apt-get could not install Chromium.')
    }
  }
  say(
    'the browser tests need Chromium: install it (Debian: apt-get install chromium) or set FOOTFALL_CHROMIUM to its path.',
  )
  process.exit(1)
}

dependencies()
if (process.argv.includes('--browser')) browser()
