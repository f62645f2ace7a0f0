import { hostname, networkInterfaces } from 'node:os'

/** This machine itself, seen from a socket. */
export const isLoopback = (address: string): boolean =>
  address === '::1' || address.replace(/^::ffff:/, '').startsWith('127.')

/** Where other machines in the network reach this one, by IPv4. */
export const lanAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((all = []) =>
    all.flatMap(({ family, internal, address }) => (family === 'IPv4' && !internal ? [address] : [])),
  )

/** Names by which a browser in the network may call this machine. */
export function lanNames(): string[] {
  const name = hostname().toLowerCase()
  return [...lanAddresses(), name, `${name}.local`]
}
