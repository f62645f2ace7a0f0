/**
 * Written by `test/tools/fit-events.ts --ridge 0.1 --write`; do not edit. Fitted on 2253 landings and 2263 push-offs:
 * the recorded runs of RBDS (Fukuchi 2017, force plates) and a treadmill with a pressure insole, and simulated runners. ms: intercept, then one coefficient a
 * feature, in the order of `features.ts`.
 */
export const contactModel: readonly number[] = [
  14.085,
  1.5630, // pitch
  -3.0973, // pitch beyond 8°
  -1.8997, // depth
  -5.8483, // swing peak
  -0.0205, // since swing peak
  -0.5147, // since a fifth of it
  1.7876, // rate 4
  -6.7726, // rate 8
  1.3893, // vertical -20
  0.1527, // vertical 0
  1.0589, // vertical 8
  -0.1363, // forward 0
  0.4604, // forward 8
]
export const pushModel: readonly number[] = [
  89.840,
  13.4219, // pitch
  -1.9352, // depth
  -0.0343, // since contact
  18.2755, // rate -60
  9.5592, // rate -50
  3.7668, // rate -40
  0.7885, // rate -30
  -4.7651, // rate -20
  -4.0285, // rate -10
  -1.9437, // rate 0
  -2.7255, // rate 10
  -1.6308, // rate 20
  -1.0219, // vertical -60
  2.0863, // vertical -50
  1.2202, // vertical -40
  0.8561, // vertical -30
  -0.3970, // vertical -20
  -1.2597, // vertical -10
  -0.4176, // vertical 0
  -0.9452, // vertical 10
  -1.2831, // vertical 20
  3.2733, // forward -60
  1.8346, // forward -50
  -1.7958, // forward -40
  -3.1547, // forward -30
  -1.9493, // forward -20
  -0.6610, // forward -10
  0.4099, // forward 0
  -0.0209, // forward 10
  0.0230, // forward 20
]
