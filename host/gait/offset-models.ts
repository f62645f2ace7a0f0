/**
 * Written by `test/tools/fit-events.ts --ridge 0.1 --write`; do not edit. Fitted on 2280 landings and 2288 push-offs:
 * the recorded runs of RBDS (Fukuchi 2017, force plates) and a treadmill with a pressure insole, and simulated runners. ms: intercept, then one coefficient a
 * feature, in the order of `features.ts`.
 */
export const contactModel: readonly number[] = [
  18.29,
  1.5674, // pitch
  -1.8419, // pitch beyond 8°
  -2.0023, // depth
  -7.6652, // swing peak
  -0.0305, // since swing peak
  -0.9181, // since a fifth of it
  1.1111, // rate 4
  -6.2132, // rate 8
  1.1808, // vertical -20
  0.1484, // vertical 0
  0.9247, // vertical 8
  -0.0489, // forward 0
  0.3833, // forward 8
]
export const pushModel: readonly number[] = [
  70.392,
  15.3619, // pitch
  8.0846, // since contact
  -6.7762, // rate -40
  -10.7395, // rate -20
  8.6285, // rate 0
  9.0947, // rate 10
  -0.7675, // rate 20
]
