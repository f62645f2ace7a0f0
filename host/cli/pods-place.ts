import type { Hello } from '../../shared/messages.ts'
import type { Place } from '../../shared/places.ts'
import { HostClock } from '../link/host-clock.ts'
import { PodError, type PodLink } from '../link/pod-link.ts'
import { openPort } from '../link/ports.ts'
import { withPorts } from './binding.ts'
import { onlyPod } from './pods.ts'

/** Which pod a command is for. */
export interface OnePort {
  /** Its port; without it the only pod that answers. */
  port?: string
  ble?: boolean
}

/** Tells a pod where it is worn, asks it again, and says what changed. */
export async function podsPlace(place: Place, options: OnePort): Promise<void> {
  const said = await withPod(options, (link, hello) => placePod(link, hello, place))
  process.stdout.write(`${said}\n`)
}

/** Makes a pod blink. */
export async function podsIdentify(options: OnePort): Promise<void> {
  const said = await withPod(options, async (link, hello) => {
    await link.command('identify')
    return `pod ${hello.id} (${hello.place ?? 'no place yet'}) blinks for five seconds`
  })
  process.stdout.write(`${said}\n`)
}

/**
 * @returns what changed, in words
 * @throws PodError when the pod does not keep it
 */
export async function placePod(link: PodLink, before: Hello, place: Place): Promise<string> {
  if (before.place === place) return `pod ${before.id} is at ${place} already; nothing changed`
  await link.command('set', { place })
  // what it says when asked anew is what it has kept
  link.hellos.clear()
  const after = await link.greet()
  if (after.id !== before.id || after.place !== place)
    throw new PodError(
      `pod ${before.id} says it is at ${after.place ?? 'no place'} and not at ${place}: switch it off and on and try again`,
    )
  return `pod ${before.id}: ${before.place ?? 'no place'} → ${place}`
}

/** Opens the port, or the only one that answers, and asks who is there. */
export function withPod<T>(
  { port, ble = false }: OnePort,
  use: (link: PodLink, hello: Hello) => Promise<T>,
): Promise<T> {
  return withPorts({ ble, paths: [port] }, async (binding) => {
    const path = port ?? (await onlyPod(binding))
    const link = await openPort(path, { binding, clock: new HostClock(), log: () => {} })
    try {
      return await use(link, await link.greet())
    } finally {
      await link.close()
    }
  })
}
