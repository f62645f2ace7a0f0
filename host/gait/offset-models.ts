/**
 * Written by `test/tools/fit-events.ts --ridge 0.1 --write`; do not edit. Fitted on 2280 landings and 2285 push-offs:
 * the recorded runs of RBDS (Fukuchi 2017, force plates) and a treadmill with a pressure insole, and simulated runners. ms: intercept, then one coefficient a
 * feature, in the order of `features.ts`.
 */
export const contactModel: readonly number[] = [
  14.04,
  1.525, // pitch
  -3.074, // pitch beyond 8°
  -1.9571, // depth
  -5.9422, // swing peak
  -0.0189, // since swing peak
  -0.4865, // since a fifth of it
  1.8012, // rate 4
  -6.814, // rate 8
  1.3731, // vertical -20
  0.1465, // vertical 0
  1.0621, // vertical 8
  -0.1495, // forward 0
  0.4773, // forward 8
]
export const pushModel: readonly number[] = [
  89.02,
  13.4134, // pitch
  -2.1888, // depth
  0.2126, // since contact
  18.2881, // rate -60
  9.5982, // rate -50
  3.873, // rate -40
  1.0726, // rate -30
  -4.5677, // rate -20
  -4.145, // rate -10
  -2.1954, // rate 0
  -2.7431, // rate 10
  -1.5799, // rate 20
  -1.0323, // vertical -60
  2.0707, // vertical -50
  1.2463, // vertical -40
  0.8965, // vertical -30
  -0.4215, // vertical -20
  -1.2768, // vertical -10
  -0.3905, // vertical 0
  -0.9592, // vertical 10
  -1.2571, // vertical 20
  3.3214, // forward -60
  1.8332, // forward -50
  -1.8397, // forward -40
  -3.1544, // forward -30
  -1.9331, // forward -20
  -0.6593, // forward -10
  0.4211, // forward 0
  -0.0176, // forward 10
  0.0267, // forward 20
]
