import { type Command, Option } from 'commander'
import { BOARD_NAMES } from '../../firmware/build/boards.ts'
import { HIGH_G_DRIVERS, POD_IMUS } from '../../firmware/build/imus.ts'
import { bleOption, examples, given } from './options.ts'

export function firmwareCommands(program: Command): void {
  const firmware = program
    .command('firmware')
    .description('the pods’ program')
    .addHelpText(
      'after',
      examples('firmware build', 'firmware flash --port /dev/ttyACM0 --board xiao-nrf52840-sense'),
    )

  const wired = (command: Command): Command =>
    command
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
        new Option('--high-g <name>', 'a second accelerometer beside it').choices(
          Object.keys(HIGH_G_DRIVERS),
        ),
      )

  wired(
    firmware
      .command('build')
      .description('write one bundle a board, pod-<board>.js, and receiver.js')
      .option('--out <folder>', 'where to', given, 'dist/firmware')
      .addOption(new Option('--board <name>', 'for this board only').choices(BOARD_NAMES)),
  )
    .addHelpText(
      'after',
      examples('firmware build', 'firmware build --board pico --imu lsm6dso32 --bus spi --out bundles'),
    )
    .action(async (options) => (await import('./firmware.ts')).firmwareBuild(options))

  wired(
    firmware
      .command('flash')
      .description('put the program onto a board that runs Espruino, check it there, and start it')
      .requiredOption('--port <path>', 'the board’s port', given)
      .addOption(bleOption())
      .addOption(new Option('--board <name>', 'which board it is').choices(BOARD_NAMES).makeOptionMandatory())
      .option('--receiver', 'make it the receiver of two Bluetooth pods'),
  )
    .addHelpText(
      'after',
      examples(
        'firmware flash --port /dev/ttyACM0 --board xiao-nrf52840-sense',
        'firmware flash --port /dev/ttyACM1 --board pico --imu lsm6dso32 --high-g adxl372',
        'firmware flash --port /dev/ttyACM2 --board jolt --receiver',
      ),
    )
    .action(async (options) => (await import('./firmware-flash.ts')).firmwareFlash(options))
}
