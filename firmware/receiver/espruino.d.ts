/** The part of Espruino (2v29) that only the receiver uses: Bluetooth as a central. */

export interface Radio {
  setTxPower(dBm: number): void
  /** Rejects when none is found in time. One such task at a time, of all on the radio. */
  requestDevice(options: {
    filters: { services: string[] }[]
    timeout: number
    active: boolean
  }): Promise<RadioDevice>
}

export interface RadioDevice {
  gatt: { connect(options: { minInterval: number; maxInterval: number }): Promise<RadioServer> }
  on(event: 'gattserverdisconnected', listener: () => void): void
}

export interface RadioServer {
  getPrimaryService(uuid: string): Promise<RadioService>
}

export interface RadioService {
  getCharacteristic(uuid: string): Promise<RadioCharacteristic>
}

export interface RadioCharacteristic {
  startNotifications(): Promise<void>
  writeValue(text: string): Promise<void>
  on(event: 'characteristicvaluechanged', listener: (event: { target: { value: DataView } }) => void): void
}
