import type { BoardName } from '../../firmware/build/boards.ts'

/** What the interpreter calls our boards, and the least revision of theirs. */
export const INTERPRETERS: Readonly<Record<BoardName, { boards: readonly string[]; revision?: number }>> = {
  // the first Puck.js has no IMU
  'puckjs-v2': { boards: ['PUCKJS', 'PUCKJS_LITE', 'PUCKJS_MINIMAL', 'PUCKJS_NETWORK'], revision: 2 },
  'xiao-nrf52840-sense': { boards: ['XIAOBLE'] },
  jolt: { boards: ['JOLTJS'] },
  mdbt42q: { boards: ['MDBT42Q'] },
  pico: { boards: ['PICO_R1_3'] },
  wifi: { boards: ['ESPRUINOWIFI'] },
}

/** Boards with USB whose interpreter is a Bluetooth central; a Jolt.js for two pods, a XIAO, as it is built by default, for one. */
export const RECEIVERS: readonly BoardName[] = ['jolt', 'xiao-nrf52840-sense']
