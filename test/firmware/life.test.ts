import { expect, test } from 'vitest'
import { targetOf } from '../../firmware/build/target.ts'
import { VirtualPod } from '../../firmware/virtual/pod.ts'
import { TYPE_STATUS } from '../../shared/frame.ts'
import { bundle, READY_MADE, Rig, still, swinging } from './rig.ts'

test.each(READY_MADE)(
  '%s: while samples flow no flash is written, nothing is printed, and between two status frames no memory taken',
  async (board) => {
    const rig = await Rig.on({ board, worn: still })
    const { misdeeds } = rig.pod.machine
    rig.say('start 1', 1)
    const { stream, sequence } = rig.samples[0]!.header
    const before = { ...misdeeds }
    const statusAt = rig.of(TYPE_STATUS).at(-1)!.timeS
    rig.run(statusAt + 1.1 - rig.pod.timeS)
    const afterStatus = misdeeds.allocatedBytes
    rig.run(0.8)
    expect(misdeeds.allocatedBytes).toBe(afterStatus)
    rig.say('hello 2')
    rig.say('ping 3 token=1')
    rig.say(`resend 4 stream=${stream} from=${sequence} count=3`)
    rig.say('set 5 rateHz=104')
    rig.say('identify 6', 10)
    expect(misdeeds.flashWrites).toBe(before.flashWrites)
    expect(misdeeds.prints).toBe(before.prints)
    // a second's status, and what was asked for
    expect((misdeeds.allocatedBytes - before.allocatedBytes) / 12).toBeLessThan(500)
    rig.say('stop 7')
    rig.say('set 8 rateHz=104')
    expect(misdeeds.flashWrites).toBe(before.flashWrites + 1)
  },
)

test.each(READY_MADE)(
  '%s: a stream that nobody hears goes on for ten seconds, so that what was missed can be asked for, and then stops',
  async (board) => {
    const pod = new VirtualPod({ id: 'p', board, code: await bundle(board), worn: swinging })
    const streaming = (): boolean => {
      const rig = new Rig(pod)
      rig.say('hello 9', 0.3)
      return rig.hellos.at(-1)!.streaming
    }
    const heard: Uint8Array[] = []
    const disconnect = pod.onBytes((bytes) => heard.push(bytes))
    pod.receive('start 1\n')
    pod.advanceTo(2)
    expect(heard.length).toBeGreaterThan(5)
    disconnect()
    pod.advanceTo(10)
    // somebody comes back in time, and goes again
    const again = pod.onBytes(() => {})
    pod.advanceTo(11.5)
    again()
    pod.advanceTo(20)
    const third = pod.onBytes(() => {})
    expect(pod.machine.boots).toBe(1)
    pod.advanceTo(21.5)
    third()
    pod.advanceTo(35)
    expect(streaming()).toBe(false)
  },
)

test('a link that comes back within ten seconds finds the stream it left', async () => {
  const rig = await Rig.on()
  rig.say('start 1', 1)
  const { stream } = rig.samples[0]!.header
  const pod = rig.pod
  rig.disconnect()
  pod.advanceTo(pod.timeS + 8)
  const back = new Rig(pod)
  back.say('hello 2', 1)
  expect(back.hellos.at(-1)!.streaming).toBe(true)
  expect(back.samples[0]!.header.stream).toBe(stream)
})

test('what the interpreter noticed is said once', async () => {
  const rig = await Rig.on({ worn: still })
  rig.pod.machine.errorFlags = ['FIFO_FULL', 'LOW_MEMORY']
  rig.run(0.9)
  expect(rig.status.errors).toEqual(['FIFO_FULL', 'LOW_MEMORY'])
  rig.run(1)
  expect(rig.status.errors).toEqual([])
})

// The divider passes 510/1510 of the cell's voltage to a pin that reads shares of 3.3 V.
test.each([
  [4.2, 100],
  [4.1, 100],
  [3.75, 50],
  [3.4, 0],
  [3.1, 0],
])(
  'XIAO: a cell of %f V is %i %%, read through the divider that pin D14 lets conduct',
  async (volts, percent) => {
    const rig = await Rig.on({ worn: still })
    const { D14, D15, D32 } = rig.pod.machine.pins
    expect([D14!.level, D15!.level]).toEqual([1, 1])
    D32!.level = (volts * 510) / 1510 / 3.3
    rig.run(1.2)
    expect(rig.status.battery).toBe(percent)
  },
)

test.each(['pico', 'jolt', 'wifi'] as const)('%s has no battery to read and says so', async (board) => {
  const rig = await Rig.on({ board, worn: still })
  rig.run(1.2)
  expect(rig.status.battery).toBeNull()
})

test('the self-test at boot is told in the hello: passed, failed by which sensor, or never ended', async () => {
  const hello = async (spoil: (pod: VirtualPod) => void) => {
    const rig = await Rig.booting({ worn: still })
    spoil(rig.pod)
    rig.run(4)
    return rig.hellos[0]!.selfTest
  }
  expect(await hello(() => {})).toBe('ok')
  expect(await hello(({ imu }) => (imu.selfTestGyroDps = 10))).toMatch(/^gyroscope x moved/)
  expect(await hello(({ imu }) => (imu.answering = false))).toBe('the IMU does not answer')
})

test('boot, streaming and a reset: a new stream each time, settings the same, the console first', async () => {
  const rig = await Rig.on({ place: 'left-shoe' })
  const streams = new Set<number>()
  for (let boot = 0; boot < 4; boot++) {
    rig.frames = []
    rig.say('start 1', 1)
    streams.add(rig.samples[0]!.header.stream)
    expect(rig.hellos.at(-1)).toMatchObject({ place: 'left-shoe', streaming: true })
    rig.pod.powerCycle()
    expect(rig.pod.machine.consoleOnPort).toBe(true)
    rig.run(3.5)
  }
  expect(streams.size).toBe(4)
})

test('a target’s free memory is what its board has, less its ring and its program', async () => {
  const rig = await Rig.on({ board: 'mdbt42q', worn: still })
  rig.run(1.2)
  const { board } = targetOf('mdbt42q')
  expect(rig.status.free).toBeGreaterThan(1000)
  expect(rig.status.free).toBeLessThan(board.variables)
})
