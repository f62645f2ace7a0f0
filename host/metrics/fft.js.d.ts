declare module 'fft.js' {
  /** Radix-4 FFT of a fixed size, a power of two. Complex arrays are interleaved re, im. */
  class FFT {
    constructor(size: number)
    createComplexArray(): number[]
    /** Fills the lower half of `out` (bins 0 … size/2). */
    realTransform(out: number[], data: ArrayLike<number>): void
  }
  export = FFT
}
