/** The IMU's driver. The build puts the file of the wanted IMU in the place of this one. */
export * from './imus/lsm6ds3trc.ts'
