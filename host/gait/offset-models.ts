/**
 * Written by `test/tools/fit-events.ts --ridge 0.03 --write`; do not edit. Fitted on 2297 landings and 2288 push-offs:
 * the recorded runs of RBDS (Fukuchi 2017, force plates) and a treadmill with a pressure insole, and simulated runners. ms: intercept, then one coefficient a
 * feature, in the order of `features.ts`.
 */
export const contactModel: readonly number[] = [
  4.861,
  -9.6207, // depth
  1.1401, // vertical -20
]
export const pushModel: readonly number[] = [
  71.178,
  16.0984, // pitch
  8.0841, // since contact
  -7.6018, // rate -40
  -17.2977, // rate -20
  9.728, // rate 0
  17.1745, // rate 10
  -5.3752, // rate 20
]
