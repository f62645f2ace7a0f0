/**
 * Written by `test/tools/fit-events.ts --ridge 0.03 --write`; do not edit. Fitted on 1480 landings and 1497 push-offs:
 * the recorded runs of RBDS (Fukuchi 2017, force plates) and a treadmill with a pressure insole, and simulated runners. ms: intercept, then one coefficient a
 * feature, in the order of `features.ts`.
 */
export const contactModel: readonly number[] = [
  6.05,
  -9.0663, // depth
  1.12, // vertical -20
]
export const pushModel: readonly number[] = [
  77.012,
  16.7654, // pitch
  6.0556, // since contact
  -14.4679, // rate -40
  -29.044, // rate -20
  9.5426, // rate 0
  26.0648, // rate 10
  -1.8391, // rate 20
]
