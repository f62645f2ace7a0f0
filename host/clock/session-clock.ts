/**
 * The time in seconds that µs modulo 2^32 stand for: the one nearest to `nearS`, right within 35 minutes of it.
 * With `nearS` NaN (nothing known yet) the value is taken as it is.
 */
export function unwrapMicros(micros: number, nearS: number): number {
  if (Number.isNaN(nearS)) return micros / 1e6
  const nearUs = Math.round(nearS * 1e6)
  return (nearUs + ((micros - (nearUs % 2 ** 32)) | 0)) / 1e6
}
