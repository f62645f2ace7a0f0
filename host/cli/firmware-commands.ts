import { type Command, Option } from 'commander'
import { BOARD_NAMES } from '../../firmware/build/boards.ts'
import { HIGH_G_DRIVERS, POD_IMUS } from '../../firmware/build/imus.ts'
import { examples, given } from './options.ts'

export function firmwareCommands(program: Command): void {
  const firmware = program
    .command('firmware')
    .description('the pods’ program')
    .addHelpText(
      'after',
      examples('firmware build', 'firmware flash --port /dev/ttyACM0 --board xiao-nrf52840-sense'),
    )

  firmware
    .command('build')
    .description('write one bundle a board: pod-<board>.js')
    .option('--out <folder>', 'where to', given, 'dist/firmware')
    .addHelpText('after', examples('firmware build', 'firmware build --out bundles'))
    .action(async (options) => (await import('./firmware.ts')).firmwareBuild(options))

  firmware
    .command('flash')
    .description('put the program onto a board that runs Espruino, check it there, and start it')
    .requiredOption('--port <path>', 'the board’s serial port', given)
    .addOption(new Option('--board <name>', 'which board it is').choices(BOARD_NAMES).makeOptionMandatory())
    .addOption(
      new Option('--imu <name>', 'the IMU wired to it; without it the board’s own').choices(
        Object.keys(POD_IMUS),
      ),
    )
    .addOption(
      new Option('--bus <kind>', 'how the IMU is wired; without it the board’s usual way').choices([
        'puck',
        'i2c',
        'spi',
      ]),
    )
    .addOption(
      new Option('--high-g <name>', 'a second accelerometer beside it').choices(Object.keys(HIGH_G_DRIVERS)),
    )
    .addHelpText(
      'after',
      examples(
        'firmware flash --port /dev/ttyACM0 --board xiao-nrf52840-sense',
        'firmware flash --port /dev/ttyACM1 --board pico --imu lsm6dso32 --high-g adxl372',
      ),
    )
    .action(async (options) => (await import('./firmware-flash.ts')).firmwareFlash(options))
}
