import type { BusDescription } from './boards.ts'
import type { Target } from './target.ts'

/**
 * The text that stands in the place of `firmware/pod/board.ts`: the board's description as a program, with pins by the names the
 * interpreter knows them by.
 */
export function boardModule({ boardName, board, bus, rates }: Target): string {
  const { port, led, button, ring, power } = board
  return [
    `export const board = { name: '${boardName}', port: ${port}, led: ${led}, rates: ${JSON.stringify(rates)}, ring: ${ring} };`,
    'export function powerOn() {',
    ...(port === 'Bluetooth' ? ['NRF.setTxPower(4);', 'NRF.setConnectionInterval(7.5);'] : []),
    ...Object.entries(power).map(([pin, level]) => `${pin}.write(${level});`),
    setUp(bus),
    '}',
    `export function isHeld() { return ${button}.read() }`,
    batteryFunction(board.battery),
    ...wires(bus),
  ].join('\n')
}

function setUp(bus: BusDescription): string {
  switch (bus.kind) {
    case 'puck':
      return 'Puck.accelOn(208);'
    case 'i2c':
      return `${bus.device}.setup({ scl: ${bus.scl}, sda: ${bus.sda}, bitrate: ${bus.bitRate} });`
    case 'spi':
      return [
        `${bus.select}.write(1);`,
        `${bus.highGSelect}.write(1);`,
        `${bus.device}.setup({ sck: ${bus.sck}, miso: ${bus.miso}, mosi: ${bus.mosi}, baud: ${bus.bitRate}, mode: 0 });`,
      ].join('\n')
  }
}

function wires(bus: BusDescription): string[] {
  if (bus.kind === 'i2c') return [`export const i2c = ${bus.device};`]
  if (bus.kind === 'spi')
    return [
      `export const spi = ${bus.device};`,
      `export const select = ${bus.select};`,
      `export const highGSelect = ${bus.highGSelect};`,
    ]
  return []
}

function batteryFunction(battery: Target['board']['battery']): string {
  switch (battery.kind) {
    case 'interpreter':
      return 'export function battery() { return E.getBattery() }'
    case 'none':
      return 'export function battery() { return null }'
    case 'divider': {
      const { pin, vddV, scale, emptyV, fullV } = battery
      const gain = ((100 * vddV * scale) / (fullV - emptyV)).toFixed(2)
      const offset = ((100 * emptyV) / (fullV - emptyV)).toFixed(2)
      return `export function battery() { return Math.max(0, Math.min(100, Math.round(${gain} * analogRead(${pin}) - ${offset}))) }`
    }
  }
}
