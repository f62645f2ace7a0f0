/**
 * Written by `test/tools/fit-events.ts --ridge 0.03 --write`; do not edit. Fitted on 2907 landings and 2927 push-offs:
 * the recorded runs of RBDS (Fukuchi 2017, force plates) and a treadmill with a pressure insole, and simulated runners. ms: intercept, then one coefficient a
 * feature, in the order of `features.ts`.
 */
export const contactModel: readonly number[] = [
  6.481,
  -8.7304, // depth
  1.1459, // vertical -20
]
export const pushModel: readonly number[] = [
  88.999,
  18.4062, // pitch
  8.5263, // since contact
  -3.0377, // vertical 0
  -2.9513, // vertical -20
]
export const leavingModel: readonly number[] = [
  -35.446,
  2.2914, // pitch
  -29.2247, // rate -10
  24.9944, // rate -40
  54.1068, // stride
]
