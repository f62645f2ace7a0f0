import type { Command } from 'commander'
import { examples, given } from './options.ts'

export function podsCommands(program: Command): void {
  const pods = program
    .command('pods')
    .description('list the pods that answer on the serial ports')
    .option('--json', 'as JSON on standard output')
    .addHelpText('after', examples('pods', 'pods --json'))
    .action(async (options) => (await import('./pods.ts')).pods(options))

  pods
    .command('calibrate')
    .description('find a pod’s own errors on its six sides and keep them in the pod')
    .option('--port <path>', 'its port; without it the only pod that answers', given)
    .option('--edges', 'six edges too: also shows how far the axes are from square')
    .option('--forget', 'take the calibration out of the pod')
    .addHelpText(
      'after',
      examples('pods calibrate', 'pods calibrate --port /dev/ttyACM0 --edges', 'pods calibrate --forget'),
    )
    .action(async (options) => (await import('./pods-calibrate.ts')).podsCalibrate(options))
}
