import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { BOARD_NAMES } from '../../firmware/build/boards.ts'
import type { WornImu } from '../../firmware/virtual/worn.ts'
import { TYPE_SAMPLES } from '../../shared/frame.ts'
import { type Heard, message, Rig, still } from './rig.ts'

/** Saw-teeth: sums and products only, so that every machine has the same bits. */
const sawing: WornImu = {
  sampleAt(timeS, out) {
    for (let i = 0; i < 6; i++) out[i] = 20 * (((3 + i) * timeS) % 1) - 10
  },
}

const NAMES = ['', 'hello', 'samples', 'status', 'time', 'ack']

/** One frame as a line a person can read; the digest stands for every byte. */
function line(frame: Heard): string {
  const { type, pod, sequence, timeUs, firstSample, count, flags, stream } = frame.header
  const digest = createHash('sha256').update(frame.bytes).digest('hex').slice(0, 12)
  const said = type === TYPE_SAMPLES ? '' : NAMES[type] === 'time' ? '' : ` ${JSON.stringify(message(frame))}`
  return `${frame.timeS.toFixed(6)} ${NAMES[type]} pod=${pod} stream=${stream} seq=${sequence} us=${timeUs} first=${firstSample} count=${count} flags=${flags} bytes=${frame.bytes.length} sha=${digest}${said}`
}

/**
 * What the bundle says in a fixed scenario, byte for byte. A change here is a change of the pod's behaviour: look at it, and if it is
 * meant, write the listing anew with FOOTFALL_WRITE_GOLDEN=1.
 */
test.each(BOARD_NAMES)('%s behaves as recorded', async (board) => {
  const rig = await Rig.booting({
    board,
    worn: sawing,
    oscillatorPpm: 20,
    odrError: 0.015,
    seed: 42,
    battery: 88,
  })
  rig.run(3.5)
  rig.say('hello 1', 0.1)
  rig.say('set 2 place=right-shin accelG=8', 0.1)
  rig.say('start 3', 1.2)
  rig.say('ping 4 token=123456789', 0.05)
  const { stream } = rig.samples[0]!.header
  rig.say(`resend 5 stream=${stream} from=2 count=5`, 0.4)
  rig.say('set 6 rateHz=104', 0.05)
  rig.say('stop 7', 0.2)
  rig.say('nonsense 8', 0.6)
  rig.pod.powerCycle()
  rig.run(3.5)
  const listing = `${rig.frames.map(line).join('\n')}\n`
  const file = new URL(`../golden/firmware/pod-${board}.txt`, import.meta.url)
  if (process.env.FOOTFALL_WRITE_GOLDEN === '1') await writeFile(file, listing)
  expect(listing).toBe(await readFile(file, 'utf8'))
})

test('the same pod says the same bytes however its time is cut', async () => {
  const steps = [0.001, 0.0173, 0.5]
  const said = await Promise.all(
    steps.map(async (step) => {
      const rig = await Rig.on({ worn: still, board: 'puckjs-v2' })
      rig.pod.receive('start 1\n')
      while (rig.pod.timeS < 3) rig.pod.advanceTo(Math.min(3, rig.pod.timeS + step))
      return rig.frames.map(line)
    }),
  )
  expect(said[1]).toEqual(said[0])
  expect(said[2]).toEqual(said[0])
})
