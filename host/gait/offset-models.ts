/**
 * Written by `test/tools/fit-events.ts --ridge 0.03 --write`; do not edit. Fitted on 1480 landings and 1497 push-offs:
 * the recorded runs of RBDS (Fukuchi 2017, force plates) and a treadmill with a pressure insole, and simulated runners. ms: intercept, then one coefficient a
 * feature, in the order of `features.ts`.
 */
export const contactModel: readonly number[] = [
  6.050,
  -9.0663, // depth
  1.1200, // vertical -20
]
export const pushModel: readonly number[] = [
  71.498,
  15.7959, // pitch
  6.7135, // since contact
  -6.2034, // rate -40
  -32.3029, // rate -20
  8.4435, // rate 0
  26.7820, // rate 10
  -3.9119, // rate 20
]
