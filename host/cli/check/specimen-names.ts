/** Virtual pods that `pods check` can be shown on: a sound one, and one of each fault. */
export const SPECIMENS = ['healthy', 'noisy', 'clipped', 'slow', 'dead'] as const
export type Specimen = (typeof SPECIMENS)[number]
