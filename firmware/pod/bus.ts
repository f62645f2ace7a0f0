/** How registers are reached. The build puts the file of the wanted bus in the place of this one. */
export * from './buses/i2c.ts'
