import { autoDetect } from '@serialport/bindings-cpp'
import { BLE_PREFIX, BleBinding } from '../link/ble.ts'
import { loadNoble } from '../link/noble.ts'
import { type Binding, listPorts } from '../link/ports.ts'

/** Which ports a command asks for. */
export interface Asked {
  ble?: boolean
  paths?: readonly (string | undefined)[]
}

/**
 * Gives `use` the machine's serial ports and, with `ble` or when a path asks for it, pods on Bluetooth beside them.
 * @throws Error that says what Bluetooth needs
 */
export async function withPorts<T>(asked: Asked, use: (binding: Binding) => Promise<T>): Promise<T> {
  const serial = autoDetect() as Binding
  const isRadioAsked = asked.ble || asked.paths?.some((path) => path?.startsWith(BLE_PREFIX))
  if (!isRadioAsked) return use(serial)
  const radio = new BleBinding(await loadNoble())
  try {
    return await use({
      list: async () => [...(await listPorts(serial)).map(asPort), ...(await radio.list())],
      open: (options) => (options.path.startsWith(BLE_PREFIX) ? radio : serial).open(options),
    })
  } finally {
    radio.stop()
  }
}

const asPort = (path: string) => ({
  path,
  manufacturer: undefined,
  serialNumber: undefined,
  pnpId: undefined,
  locationId: undefined,
  productId: undefined,
  vendorId: undefined,
})
