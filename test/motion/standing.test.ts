import { describe, expect, it } from 'vitest'
import { motionDefaults } from '../../host/motion/settings.ts'
import { StandingDetector } from '../../host/motion/standing.ts'
import { PodTrack } from '../../host/motion/track.ts'

const BIAS = [0.02, -0.05, 0.01] as const

/** Standing with a little sway until `until`, then swinging. */
function feed(
  detector: StandingDetector,
  track: PodTrack,
  fromS: number,
  toS: number,
  swing = 0,
  tilt = 2.4,
): void {
  for (let t = fromS; t < toS; t += 1 / 400) {
    const sway = 0.01 * Math.sin(3 * t)
    const moved = swing * Math.sin(9 * t)
    track.push(
      t,
      Float64Array.of(
        moved,
        9.5 + 20 * sway + moved,
        tilt,
        BIAS[0] + sway,
        BIAS[1] - sway + moved,
        BIAS[2] + sway,
      ),
      false,
    )
    detector.step(track)
  }
}

describe('standing', () => {
  it('is found by itself in three quiet seconds: bias and up', () => {
    const track = new PodTrack(8192, 0.03)
    const detector = new StandingDetector(motionDefaults)
    feed(detector, track, 0, 2.9)
    expect(detector.result).toBeNull()
    feed(detector, track, 2.9, 6)
    const { gyroBias, accel, fromS, toS } = detector.result!
    expect(fromS).toBeLessThan(0.01)
    expect(toS).toBeGreaterThan(5.5)
    for (let i = 0; i < 3; i++) expect(gyroBias[i]).toBeCloseTo(BIAS[i]!, 2)
    expect(accel[1]).toBeCloseTo(9.5, 1)
    expect(Array.from(track.gyroBias)).toEqual(Array.from(gyroBias))
  })

  it('is the last one before setting off; later only the same pose taken again replaces it', () => {
    const track = new PodTrack(16384, 0.03)
    const detector = new StandingDetector(motionDefaults)
    feed(detector, track, 0, 4)
    feed(detector, track, 4, 6, 5)
    feed(detector, track, 6, 10)
    const before = detector.result!
    expect(before.fromS).toBeGreaterThan(5.9)
    detector.freeze()
    feed(detector, track, 10, 12, 5)
    feed(detector, track, 12, 17, 0, 4.4)
    expect(detector.result).toBe(before)
    feed(detector, track, 17, 19, 5)
    feed(detector, track, 19, 24)
    expect(detector.result!.fromS).toBeGreaterThan(18.9)
  })

  it('is forgotten when the pod has slipped, unless somebody has stood since', () => {
    const track = new PodTrack(16384, 0.03)
    const detector = new StandingDetector(motionDefaults, { fromS: 0, toS: 4 })
    feed(detector, track, 0, 4)
    expect(detector.result).not.toBeNull()
    detector.freeze()
    feed(detector, track, 4, 6, 5)
    detector.forget(5, null)
    expect(detector.result).toBeNull()
    feed(detector, track, 6, 11, 0, 4)
    const again = detector.result!
    expect(again.accel[2]).toBeCloseTo(4, 1)
    detector.forget(5, Float64Array.of(0, 9.5, 4))
    expect(detector.result).toBe(again)
    for (const [sinceS, z] of [
      [5, 2.4],
      [8, 4],
    ] as const) {
      detector.forget(sinceS, Float64Array.of(0, 9.5, z))
      expect(detector.result).toBeNull()
    }
  })

  it('is refused while moving, with what to do', () => {
    const track = new PodTrack(8192, 0.03)
    const detector = new StandingDetector(motionDefaults, { fromS: 0.5, toS: 4 })
    feed(detector, track, 0, 6, 5)
    expect(detector.result).toBeNull()
    expect(detector.refused).toMatch(/stand quietly/)
  })

  it('is taken from a given window and nowhere else', () => {
    const track = new PodTrack(8192, 0.03)
    const detector = new StandingDetector(motionDefaults, { fromS: 2, toS: 4 })
    feed(detector, track, 0, 8)
    const { fromS, toS } = detector.result!
    expect(fromS).toBeGreaterThanOrEqual(2)
    expect(toS).toBeLessThanOrEqual(4)
  })

  it('is not a slow turn', () => {
    const track = new PodTrack(8192, 0.03)
    const detector = new StandingDetector(motionDefaults)
    for (let t = 0; t < 6; t += 1 / 400) {
      const a = 0.2 * t
      track.push(t, Float64Array.of(9.81 * Math.sin(a), 9.81 * Math.cos(a), 0, 0, 0, 0.2), false)
      detector.step(track)
    }
    expect(detector.result).toBeNull()
  })
})
