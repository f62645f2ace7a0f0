export { emptyPose, type LegPose } from '../motion/leg-pose.ts'
