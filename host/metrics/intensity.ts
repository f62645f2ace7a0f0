import type { Intensity } from '../analysis/document.ts'
import type { MetricsSettings } from './settings.ts'

/** Steps of one leg by their axial peak, and the load they add up to. */
export class LoadCount {
  private readonly settings: MetricsSettings
  readonly bands: Intensity = { low: 0, medium: 0, high: 0 }
  private sum = 0

  constructor(settings: MetricsSettings) {
    this.settings = settings
  }

  add(peakTibialAxialG: number): void {
    const { loadExponent, mediumFromG, highFromG } = this.settings
    this.sum += Math.max(0, peakTibialAxialG) ** loadExponent
    this.bands[peakTibialAxialG < mediumFromG ? 'low' : peakTibialAxialG < highFromG ? 'medium' : 'high']++
  }

  /** (Σ peakTibialAxialG^m)^(1/m), an index without a unit (Beaupré et al. 1990). */
  get cumulative(): number {
    return this.sum ** (1 / this.settings.loadExponent)
  }
}
