/** No second accelerometer beside the IMU. */
export const highG = null

export function requireHighG(): void {}

export function startHighG(): void {}

export function stopHighG(): void {}

export function drainHighG(): void {}
