/** What the metrics room can be told. Sources in `docs/methods/metrics.md`. */
export const metricsDefaults = {
  /** Impact window about initial contact, s. */
  impactBeforeS: 0.005,
  impactAfterS: 0.08,
  /** Tibial rate: between these shares of the peak. */
  rateFrom: 0.2,
  rateTo: 0.8,
  /** Braking: share of stance searched. */
  brakingShare: 0.3,
  /** Spectral bands, Hz (Shorten & Winslow 1992; Gruber et al. 2014). */
  activeFromHz: 3,
  activeToHz: 8,
  impactFromHz: 9,
  impactToHz: 20,
  /** Strike classes, deg (Altman & Davis 2012). */
  rearfootFromDeg: 8,
  forefootBelowDeg: -1.6,
  /** Exponent of the cumulative load (Beaupré et al. 1990: about 4). */
  loadExponent: 4,
  /** Intensity bands of the axial peak, g: low below the first, high from the second on (IMeasureU Step's). */
  mediumFromG: 6,
  highFromG: 21,
}

export type MetricsSettings = typeof metricsDefaults
