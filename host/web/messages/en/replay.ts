import { number } from '../../format.ts'

export const replay = {
  speed: 'Speed',
  max: 'max',
  times: (speed: number) => `${number(speed, speed < 1 ? 2 : 0)}×`,
  of: (clock: string) => `of ${clock}`,
  progress: 'Position in the recording',
}
