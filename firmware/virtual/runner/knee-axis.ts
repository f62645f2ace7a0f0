/** Ankle angles, rad, by the signs of the truth. */
export interface AnkleAngles {
  eversion: number
  tibialRotation: number
  dorsiflexion: number
}

/**
 * The same ankle seen from a shin whose axes are turned outward by `k` about its long axis: Ry(−k) · Rz(d) Rx(e) Ry(r), read as Cardan
 * Z–X–Y again. Eversion becomes about e − k sin d; rotation is less by k, standing as well.
 */
export function fromKneeAxis(
  { eversion, tibialRotation, dorsiflexion }: AnkleAngles,
  k: number,
): AnkleAngles {
  const [ck, sk] = [Math.cos(k), Math.sin(k)]
  const [cd, sd] = [Math.cos(dorsiflexion), Math.sin(dorsiflexion)]
  const [ce, se] = [Math.cos(eversion), Math.sin(eversion)]
  const [cr, sr] = [Math.cos(tibialRotation), Math.sin(tibialRotation)]
  return {
    eversion: Math.asin(ck * se - sk * sd * ce),
    tibialRotation: Math.atan2(
      ck * ce * sr - sk * (cd * cr - sd * se * sr),
      ck * ce * cr + sk * (cd * sr + sd * se * cr),
    ),
    dorsiflexion: Math.atan2(ck * sd * ce + sk * se, cd * ce),
  }
}
