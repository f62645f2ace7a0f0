/**
 * Written by `test/tools/fit-events.ts --ridge 0.1 --write`; do not edit. Fitted on 1447 landings and 1467 push-offs:
 * the recorded runs of RBDS (Fukuchi 2017, force plates) and a treadmill with a pressure insole, and simulated runners. ms: intercept, then one coefficient a
 * feature, in the order of `features.ts`.
 */
export const contactModel: readonly number[] = [
  12.987,
  1.2628, // pitch
  -2.8762, // pitch beyond 8°
  -2.1775, // depth
  -5.8426, // swing peak
  -0.0395, // since swing peak
  -0.3757, // since a fifth of it
  1.8477, // rate 4
  -6.8047, // rate 8
  1.4125, // vertical -20
  0.3485, // vertical 0
  0.9529, // vertical 8
  -0.1532, // forward 0
  0.3921, // forward 8
]
export const pushModel: readonly number[] = [
  89.560,
  14.1170, // pitch
  -1.7023, // depth
  0.8516, // since contact
  17.5681, // rate -60
  9.2405, // rate -50
  2.4105, // rate -40
  -0.0025, // rate -30
  -4.9966, // rate -20
  -3.8325, // rate -10
  -1.7094, // rate 0
  -2.3451, // rate 10
  -1.6815, // rate 20
  -1.1758, // vertical -60
  0.9421, // vertical -50
  0.0476, // vertical -40
  0.7596, // vertical -30
  0.4307, // vertical -20
  -1.2387, // vertical -10
  -0.5252, // vertical 0
  -0.5165, // vertical 10
  -0.5761, // vertical 20
  1.4125, // forward -60
  2.4658, // forward -50
  -0.9787, // forward -40
  -3.1595, // forward -30
  -1.4714, // forward -20
  -0.2975, // forward -10
  0.6204, // forward 0
  -0.3517, // forward 10
  0.0096, // forward 20
]
