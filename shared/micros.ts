/** Session time as it goes over the wire: whole µs modulo 2^32 (it wraps every 71.6 minutes). */
export const toMicros = (timeS: number): number => Math.round(timeS * 1e6) >>> 0
