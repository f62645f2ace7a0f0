import { Argument, type Command, Option } from 'commander'
import { PLACES } from '../../shared/places.ts'
import { SPECIMENS } from './check/specimen-names.ts'
import { between, bleOption, examples, given, severalGiven } from './options.ts'

const onePort = () =>
  new Option('--port <path>', 'its port; without it the only pod that answers').argParser(given)

export function podsCommands(program: Command): void {
  const pods = program
    .command('pods')
    .description('list the pods that answer on the serial ports')
    .option('--json', 'as JSON on standard output')
    .addOption(bleOption())
    .addHelpText('after', examples('pods', 'pods --json', 'pods --ble'))
    .action(async (options) => (await import('./pods.ts')).pods(options))

  pods
    .command('place')
    .description('tell a pod where it is worn; it keeps that over a power cycle')
    .addArgument(new Argument('<place>', 'where').choices(PLACES))
    .addOption(onePort())
    .addOption(bleOption())
    .addHelpText('after', examples('pods place left-shoe --port /dev/ttyACM0', 'pods place right-shin'))
    .action(async (place, options) => (await import('./pods-place.ts')).podsPlace(place, options))

  pods
    .command('identify')
    .description('make a pod blink for five seconds')
    .addOption(onePort())
    .addOption(bleOption())
    .addHelpText('after', examples('pods identify', 'pods identify --port /dev/ttyACM1'))
    .action(async (options) => (await import('./pods-place.ts')).podsIdentify(options))

  pods
    .command('check')
    .description('look at pods as they lie still: sensors, noise, rate, loss, clock, battery')
    .option('--port <path>', 'one port (repeat); without it every pod that answers', severalGiven)
    .addOption(bleOption())
    .option('--seconds <n>', 'how long to watch; the clock needs ten', between(10, 600), 20)
    .option('--json <file>', 'the verdicts as JSON; - is standard output', given)
    .addOption(
      new Option('--virtual <pod>', 'a virtual pod instead, sound or with that fault').choices(SPECIMENS),
    )
    .addHelpText(
      'after',
      examples(
        'pods check',
        'pods check --port /dev/ttyACM0 --port /dev/ttyACM1',
        'pods check --json - | jq .[].passes',
        'pods check --virtual noisy',
      ),
    )
    .action(async (options) => (await import('./pods-check.ts')).podsCheck(options))

  pods
    .command('calibrate')
    .description('find a pod’s own errors on its six sides and keep them in the pod')
    .addOption(onePort())
    .addOption(bleOption())
    .option('--edges', 'six edges too: also shows how far the axes are from square')
    .option('--forget', 'take the calibration out of the pod')
    .addHelpText(
      'after',
      examples('pods calibrate', 'pods calibrate --port /dev/ttyACM0 --edges', 'pods calibrate --forget'),
    )
    .action(async (options) => (await import('./pods-calibrate.ts')).podsCalibrate(options))
}
