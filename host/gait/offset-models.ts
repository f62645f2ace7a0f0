/**
 * Written by `test/tools/fit-events.ts --ridge 0.1 --write`; do not edit. Fitted on 1454 landings and 1474 push-offs:
 * the recorded runs of RBDS (Fukuchi 2017, force plates) and a treadmill with a pressure insole, and simulated runners. ms: intercept, then one coefficient a
 * feature, in the order of `features.ts`.
 */
export const contactModel: readonly number[] = [
  12.881,
  1.282, // pitch
  -2.838, // pitch beyond 8°
  -2.1389, // depth
  -5.7165, // swing peak
  -0.032, // since swing peak
  -0.3745, // since a fifth of it
  1.9775, // rate 4
  -7.0121, // rate 8
  1.3837, // vertical -20
  0.3341, // vertical 0
  0.9511, // vertical 8
  -0.1539, // forward 0
  0.4202, // forward 8
]
export const pushModel: readonly number[] = [
  89.239,
  14.0884, // pitch
  -1.6587, // depth
  0.9057, // since contact
  17.8657, // rate -60
  9.3667, // rate -50
  2.1605, // rate -40
  -0.2531, // rate -30
  -5.1658, // rate -20
  -3.8684, // rate -10
  -1.6656, // rate 0
  -2.3038, // rate 10
  -1.5171, // rate 20
  -1.2057, // vertical -60
  0.9706, // vertical -50
  0.0403, // vertical -40
  0.7699, // vertical -30
  0.4468, // vertical -20
  -1.2494, // vertical -10
  -0.5218, // vertical 0
  -0.5049, // vertical 10
  -0.6384, // vertical 20
  1.3989, // forward -60
  2.4726, // forward -50
  -0.9619, // forward -40
  -3.1503, // forward -30
  -1.4909, // forward -20
  -0.3077, // forward -10
  0.6291, // forward 0
  -0.3401, // forward 10
  0.0056, // forward 20
]
