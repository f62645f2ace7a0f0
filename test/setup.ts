import fc from 'fast-check'

/**
 * Property tests draw the same examples every time, so that a red run is red again when it is looked at. `FOOTFALL_SEED=N npm test` draws
 * others; a seed that fails is worth a test of its own.
 */
fc.configureGlobal({ seed: Number(process.env.FOOTFALL_SEED ?? 20261124) })
