import { buildFirmware } from '../../firmware/build/build.ts'
import { VirtualPod } from '../../firmware/virtual/pod.ts'
import { createRunner } from '../../firmware/virtual/runner/runner.ts'
import { PLACES } from '../../shared/places.ts'

/** Four virtual pods on a simulated runner, with oscillators and sample rates of their own. */
export async function virtualPods(seed = 1): Promise<VirtualPod[]> {
  const { code } = await buildFirmware('xiao-nrf52840-sense')
  const runner = createRunner({ name: 'easy', seed })
  return PLACES.map(
    (place, i) =>
      new VirtualPod({
        board: 'xiao-nrf52840-sense',
        code,
        worn: runner.pods[place],
        id: `virtual-${place}`,
        place,
        seed: seed + i,
        oscillatorPpm: 20 * i - 30,
        odrError: 0.01 * i - 0.015,
      }),
  )
}
