import { buildFirmware } from '../../../firmware/build/build.ts'
import { VirtualBinding } from '../../../firmware/virtual/binding.ts'
import { RealTimeDriver } from '../../../firmware/virtual/driver.ts'
import { CLEAN, ImperfectImu, type ImuErrors } from '../../../firmware/virtual/imperfect.ts'
import { VirtualPod } from '../../../firmware/virtual/pod.ts'
import type { WornImu } from '../../../firmware/virtual/worn.ts'
import { GRAVITY } from '../../../shared/imu.ts'
import { HostClock } from '../../link/host-clock.ts'
import type { Specimen } from './specimen-names.ts'

/** A part as its data sheet has it. */
const SOUND: ImuErrors = { ...CLEAN, accelNoise: 0.025, gyroNoiseDegPerS: 0.07 }
const NOISY: ImuErrors = { ...SOUND, accelNoise: 0.2, gyroNoiseDegPerS: 0.5 }
/** What a XIAO's battery pin reads of a cell at 4.05 V: a share of 3.3 V behind the divider. */
const CHARGED = (4.05 * 510) / 1510 / 3.3
/** How much faster than a real one a virtual pod's time goes. */
const SPEED = 5

/** On a table that is not quite level. */
const lying: WornImu = {
  sampleAt: (_, out) => out.set([0.2, -0.3, Math.sqrt(GRAVITY ** 2 - 0.13), 0, 0, 0]),
}
/** An accelerometer whose z is torn off. */
const torn: WornImu = { sampleAt: (_, out) => out.set([0.2, -0.3, 1e3, 0, 0, 0]) }

/** A virtual pod on a table: sound, or with the fault it is named after. */
export async function specimen(name: Specimen): Promise<VirtualPod> {
  const board = 'xiao-nrf52840-sense'
  const pod = new VirtualPod({
    board,
    code: (await buildFirmware(board)).code,
    worn: new ImperfectImu(name === 'clipped' ? torn : lying, name === 'noisy' ? NOISY : SOUND, 3),
    id: `virtual-${name}`,
    place: 'left-shoe',
    seed: 3,
    oscillatorPpm: 18,
    odrError: name === 'slow' ? -0.07 : 0.021,
  })
  pod.imu.answering = name !== 'dead'
  pod.machine.pins.D32!.level = CHARGED
  return pod
}

/** The same behind a port, with a clock that goes as fast as the pod's. */
export async function pluggedSpecimen(name: Specimen) {
  const pod = await specimen(name)
  const nowMs = () => SPEED * performance.now()
  const driver = new RealTimeDriver([pod], () => nowMs() / 1e3)
  driver.start()
  const path = `/virtual/${name}`
  return {
    path,
    binding: new VirtualBinding({ [path]: pod }),
    clock: new HostClock(nowMs),
    stop: () => driver.stop(),
  }
}
