import type { Side } from '../../server/messages.ts'
import type { Level } from './cue.ts'

/** Left is lower and to the left. */
const TICK = {
  left: { hz: 440, pan: -0.7 },
  right: { hz: 620, pan: 0.7 },
} as const satisfies Record<Side, { hz: number; pan: number }>

/** −12, −6 and 0 dB of the chosen volume. */
const GAIN: Readonly<Record<Level, number>> = { 1: 0.25, 2: 0.5, 3: 1 }

/** Every sound swells for as long, s: an onset without a click that still can be placed in time. */
const ATTACK_S = 0.006
/** The volume glides to where it is set for as long, s. */
const GLIDE_S = 0.15

/** tanh over −1 … 1, beyond which it stays at ± 0.76; unlike a compressor it makes nothing louder. */
const CEILING = Float32Array.from({ length: 1025 }, (_, i) => Math.tanh((i - 512) / 512))

interface Partial {
  hz: number
  gain: number
  /** To 1/e, s. */
  decayS: number
}

/**
 * The runner's cues, as one graph: voices → volume → ceiling → out. The ceiling bends what would be too loud when sounds fall
 * together, and leaves a single one nearly as it is.
 * Nothing here waits or knows the time of day: whoever calls says when, in the time of the context.
 */
export class Sound {
  readonly #context: BaseAudioContext
  readonly #volume: GainNode
  #noise: AudioBuffer | null = null

  /** @param volume 0…1 */
  constructor(context: BaseAudioContext, volume: number) {
    this.#context = context
    this.#volume = new GainNode(context, { gain: volume })
    const ceiling = new WaveShaperNode(context, { curve: CEILING })
    this.#volume.connect(ceiling).connect(context.destination)
  }

  setVolume(volume: number): void {
    const { gain } = this.#volume
    const now = this.#context.currentTime
    gain.cancelScheduledValues(now)
    gain.setValueAtTime(gain.value, now)
    gain.linearRampToValueAtTime(volume, now + GLIDE_S)
  }

  /** A soft knock on wood: a fundamental that rings briefly, and a higher partial gone at once. */
  tick(atS: number, side: Side, level: Level): void {
    const { hz, pan } = TICK[side]
    const gain = 0.6 * GAIN[level]
    this.#ring(atS, pan, [
      { hz, gain, decayS: 0.045 },
      { hz: 2.76 * hz, gain: 0.35 * gain, decayS: 0.014 },
    ])
  }

  /** The metronome: a brush, not a knock, so that it is never taken for a cue. */
  beat(atS: number): void {
    const context = this.#context
    const source = new AudioBufferSourceNode(context, { buffer: this.#noiseBuffer() })
    const band = new BiquadFilterNode(context, { type: 'bandpass', frequency: 3200, Q: 1.2 })
    source
      .connect(band)
      .connect(this.#envelope(atS, 0.5, 0.02))
      .connect(this.#volume)
    source.start(atS)
    source.stop(atS + 0.2)
  }

  /** Two rising notes: what was set is done. */
  done(atS: number): void {
    this.#ring(atS, 0, [{ hz: 523.25, gain: 0.35, decayS: 0.16 }])
    this.#ring(atS + 0.22, 0, [{ hz: 659.26, gain: 0.35, decayS: 0.26 }])
  }

  #ring(atS: number, pan: number, partials: readonly Partial[]): void {
    const panner = new StereoPannerNode(this.#context, { pan })
    panner.connect(this.#volume)
    for (const { hz, gain, decayS } of partials) {
      const tone = new OscillatorNode(this.#context, { frequency: hz })
      tone.connect(this.#envelope(atS, gain, decayS)).connect(panner)
      tone.start(atS)
      tone.stop(atS + ATTACK_S + 8 * decayS)
    }
  }

  #envelope(atS: number, gain: number, decayS: number): GainNode {
    const envelope = new GainNode(this.#context, { gain: 0 })
    envelope.gain.setValueAtTime(0, atS)
    envelope.gain.linearRampToValueAtTime(gain, atS + ATTACK_S)
    envelope.gain.setTargetAtTime(0, atS + ATTACK_S, decayS)
    return envelope
  }

  /** A fifth of a second of white noise, the same each time. */
  #noiseBuffer(): AudioBuffer {
    if (this.#noise) return this.#noise
    const { sampleRate } = this.#context
    const buffer = new AudioBuffer({ length: Math.ceil(0.2 * sampleRate), sampleRate })
    const samples = buffer.getChannelData(0)
    let state = 1
    for (let i = 0; i < samples.length; i++) {
      // Park and Miller's minimal standard generator (1988)
      state = (state * 48271) % 2147483647
      samples[i] = (2 * state) / 2147483647 - 1
    }
    this.#noise = buffer
    return buffer
  }
}
