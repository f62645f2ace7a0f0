import { readdir, realpath } from 'node:fs/promises'
import { type OpenOptions, SerialPortStream } from '@serialport/stream'
import { Observable } from 'rxjs'
import type { Hello } from '../../shared/messages.ts'
import type { Place } from '../../shared/places.ts'
import type { HostClock } from './host-clock.ts'
import { PodLink } from './pod-link.ts'
import { portProblem } from './port-problem.ts'
import type { RadioPort } from './pushed-port.ts'
import { Streams } from './streams.ts'

/** A pod's UART runs at this; on USB the figure is ignored. */
const BAUD_RATE = 460800
const LOOK_EVERY_MS = 2000
const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 8000

/** What opens and lists ports: `autoDetect()` of `@serialport/bindings-cpp` for real ones. */
export type Binding = OpenOptions['binding']

export interface PortOptions {
  binding: Binding
  clock: HostClock
  /** One line for each change: found, gone, does not answer. */
  log: (line: string) => void
  /** Shared by all ports, a pod that comes back on another one goes on where it was. */
  streams?: Streams
}

/**
 * Paths of the serial ports there are. Works without `udevadm`, which the binding's own list needs on Linux.
 */
export async function listPorts(binding: Binding): Promise<string[]> {
  try {
    return (await binding.list()).map(({ path }) => path)
  } catch {
    const inFolder = async (folder: string, pattern: RegExp) => {
      const names = await readdir(folder).catch(() => [])
      return names.filter((name) => pattern.test(name)).map((name) => `${folder}/${name}`)
    }
    const found = [
      ...(await inFolder('/dev', /^tty(ACM|USB)\d+$/)),
      ...(await inFolder('/dev/serial/by-id', /./)),
    ]
    const real = await Promise.all(found.map((path) => realpath(path).catch(() => path)))
    return [...new Set(real)]
  }
}

/**
 * Opens a port and reads it from the first moment.
 * @throws Error that says what to do: no such port, no permission, taken by another program
 */
export function openPort(path: string, { binding, clock, streams }: PortOptions): Promise<PodLink> {
  return new Promise((resolve, reject) => {
    const port = new SerialPortStream({ binding, path, baudRate: BAUD_RATE, autoOpen: false })
    const link = new PodLink(port, path, clock, streams, () => signalOf(port))
    port.open((error) => {
      if (!error) return resolve(link)
      // its link would watch a line that there is not
      port.destroy()
      reject(portProblem(path, error))
    })
  })
}

function signalOf({ port }: SerialPortStream): number | null {
  return port !== null && port !== undefined && 'signalDbm' in port ? (port as RadioPort).signalDbm : null
}

/**
 * Keeps one port linked: opens it, asks who is there, gives out the link, and begins again when it has gone, waiting longer after each
 * failure. Unsubscribing closes the port.
 * @param place where the pod behind it is worn; it is told when it says otherwise
 */
export function keepLinked(
  path: string,
  options: PortOptions,
  place: Place | null = null,
): Observable<PodLink> {
  return new Observable((subscriber) => {
    const { clock } = options
    const streams = options.streams ?? new Streams()
    let ended = false
    let link: PodLink | null = null
    let wake = () => {}
    let said = ''
    const say = (line: string) => {
      if (line !== said) options.log(`${path}: ${line}`)
      said = line
    }
    const run = async () => {
      for (let waitMs = FIRST_WAIT_MS; !ended; ) {
        try {
          link = await openPort(path, { ...options, streams })
          // unsubscribed while the port was opening: nobody else knows of this link
          if (ended) break
          const hello = await introduce(link, place)
          say(`pod ${hello.id} at ${hello.place ?? 'no place yet'}, firmware ${hello.fw}`)
          waitMs = FIRST_WAIT_MS
          const gone = closed(link)
          if (!ended) subscriber.next(link)
          await gone
          if (!ended) say('gone')
        } catch (error) {
          say(`${(error as Error).message}; trying again`)
          await link?.close()
        }
        await new Promise<void>((resolve) => {
          const callOff = clock.after(waitMs, resolve)
          wake = () => {
            callOff()
            resolve()
          }
        })
        waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)
      }
      await link?.close()
    }
    void run()
    return () => {
      ended = true
      wake()
      void link?.close()
    }
  })
}

/** Every pod on every port there is and will be: ports that appear are asked, ports that go are waited for. */
export function findPods(options: PortOptions): Observable<PodLink> {
  return new Observable((subscriber) => {
    const streams = new Streams()
    const known = new Set<string>()
    let callOff = () => {}
    const look = async () => {
      for (const path of await listPorts(options.binding)) {
        if (known.has(path)) continue
        known.add(path)
        subscriber.add(keepLinked(path, { ...options, streams }).subscribe((link) => subscriber.next(link)))
      }
    }
    const lookAgain = () => {
      void look().catch((error: Error) => options.log(`cannot list ports: ${error.message}`))
      callOff = options.clock.after(LOOK_EVERY_MS, lookAgain)
    }
    lookAgain()
    return () => callOff()
  })
}

/** Asks who is there and, when it is not worn where it should be, tells it. */
async function introduce(link: PodLink, place: Place | null): Promise<Hello> {
  const hello = await link.greet()
  if (place === null || hello.place === place) return hello
  await link.command('set', { place })
  return link.greet()
}

const closed = (link: PodLink) =>
  new Promise<void>((resolve) => {
    link.frames.subscribe({ complete: resolve })
  })
