#!/usr/bin/env node
import { Command, Option } from 'commander'
import { RUNNERS } from '../../firmware/virtual/runner/presets.ts'
import { softwareVersion } from '../session/software.ts'
import { explain } from './exit.ts'
import { firmwareCommands } from './firmware-commands.ts'
import { between, bleOption, examples, given, placed, speedOrMax, whole } from './options.ts'
import { podsCommands } from './pods-commands.ts'

/** Commands load what they need when they are run, so that `--help` answers at once. */
const program = new Command('footfall')
  .description(
    'An open wearable gait lab: pronation timing, tibial rotation and impact loading from four IMU pods.',
  )
  .version(softwareVersion)
  .showHelpAfterError('(add --help for the options and examples)')
  // a command's options are its own: `pods --json` and `pods check --json FILE`
  .enablePositionalOptions()
  .exitOverride()

const port = new Option('--port <n>', 'port of the companion on 127.0.0.1; 0 takes a free one')
  .default(8420)
  .argParser(whole(0, 65535))
const runner = new Option('--runner <name>', 'who runs').choices(RUNNERS).default('easy')
const recordings = new Option('--recordings <folder>', 'where recordings are kept')
  .default('recordings')
  .argParser(given)
const lan = new Option(
  '--lan',
  'let screens in the network pair, with a code; without it only this machine is listened to',
)
const beltSpeed = between(0.5, 15)
/** A timer holds 2³¹ ms; nobody runs for 23 days. */
const LONGEST_S = 2_000_000

program
  .command('demo')
  .description('virtual pods on a simulated runner, live in the companion and recorded')
  .addOption(port)
  .option('--pods <n>', 'how many pods, 1 to 4: left shoe, left shin, right shoe, right shin', whole(1, 4), 4)
  .option('--seed <s>', 'another runner of the same kind', whole(0, 2 ** 31), 1)
  .addOption(runner)
  .option('--speed <m/s>', 'belt speed', beltSpeed)
  .option('--for <seconds>', 'stop by itself', between(0, LONGEST_S))
  .option('--pty', 'carry the bytes through real pseudo-terminals')
  .addOption(lan)
  .option('--no-open', 'do not open a browser')
  .addOption(recordings)
  .addHelpText(
    'after',
    examples('demo', 'demo --runner late-left --speed 3.2', 'demo --for 60 --no-open --port 0'),
  )
  .action(async (options) => (await import('./demo.ts')).demo(options))

program
  .command('live')
  .description('real pods, live in the companion and recorded')
  .addOption(port)
  .option('--pod <place=path>', 'this port is worn there (repeat); without it every port is asked', placed)
  .addOption(bleOption())
  .option('--belt <m/s>', 'speed of the treadmill, for stride length', between(0.1, 15))
  .addOption(lan)
  .option('--no-open', 'do not open a browser')
  .addOption(recordings)
  .addHelpText(
    'after',
    examples(
      'live',
      'live --pod left-shoe=/dev/ttyACM0 --pod left-shin=/dev/ttyACM1 --belt 3.0',
      'live --ble',
    ),
  )
  .action(async (options) => (await import('./live.ts')).live(options))

podsCommands(program)

program
  .command('import')
  .description('turn a session folder (session.json and one CSV a pod) into a recording')
  .argument('<folder>', 'the session folder', given)
  .requiredOption('--out <file.mcap>', 'the recording to write', given)
  .addHelpText('after', examples('import my-run --out my-run.mcap'))
  .action(async (folder, options) => (await import('./import.ts')).importSession(folder, options))

program
  .command('analyze')
  .description('compute every event, stride and metric of a recording or a session folder')
  .argument('<session>', 'a recording (.mcap) or a session folder', given)
  .option('--json <file>', 'write analysis/1 here; - is standard output', given)
  .option('--csv <folder>', 'write tables of strides and curves here', given)
  .addHelpText(
    'after',
    examples(
      'analyze recordings/run.mcap --json run.json',
      'analyze my-run --json - | jq .summary.left',
      'analyze my-run --csv tables',
    ),
  )
  .action(async (session, options) => (await import('./analyze.ts')).analyze(session, options))

program
  .command('replay')
  .description('the live page fed from a recording')
  .argument('<session>', 'a recording (.mcap) or a session folder', given)
  .option('--speed <n|max>', '1 is as it happened', speedOrMax, 1)
  .addOption(port)
  .addOption(lan)
  .option('--no-open', 'do not open a browser')
  .addHelpText('after', examples('replay recordings/run.mcap', 'replay my-run --speed 4'))
  .action(async (session, options) => (await import('./replay.ts')).replay(session, options))

program
  .command('simulate')
  .description('write a session folder of a simulated runner, with the truth beside it')
  .argument('<folder>', 'a new or empty folder', given)
  .option('--seconds <n>', 'how long', between(12, LONGEST_S), 60)
  .option('--seed <s>', 'another runner of the same kind', whole(0, 2 ** 31), 1)
  .addOption(runner)
  .option('--speed <m/s>', 'belt speed', beltSpeed)
  .option('--rate <hz>', 'samples a second', between(50, 6664), 416)
  .option('--hard', 'sensors at their worst: clipping, wobble, drift, losses')
  .addHelpText(
    'after',
    examples('simulate run --seconds 60', 'simulate run --runner forefoot --seed 7 --hard'),
  )
  .action(async (folder, options) => (await import('./simulate.ts')).simulateSession(folder, options))

firmwareCommands(program)

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = explain(error)
}
