import type { Command } from 'commander'
import { examples, given } from './options.ts'

export function firmwareCommands(program: Command): void {
  const firmware = program
    .command('firmware')
    .description('the pods’ program')
    .addHelpText('after', examples('firmware build'))

  firmware
    .command('build')
    .description('write one bundle a board: pod-<board>.js')
    .option('--out <folder>', 'where to', given, 'dist/firmware')
    .addHelpText('after', examples('firmware build', 'firmware build --out bundles'))
    .action(async (options) => (await import('./firmware.ts')).firmwareBuild(options))
}
