import { Envelope } from '../clock/envelope.ts'
import { PodClock } from '../clock/pod-clock.ts'
import { RateFit } from '../clock/rate-fit.ts'
import { SkewFit } from '../clock/skew-fit.ts'
import { Departure } from '../gait/departure.ts'
import { LegGait } from '../gait/leg.ts'
import { LegEvents } from '../gait/leg-events.ts'
import { ShinCycle } from '../gait/shin-cycle.ts'
import { ShoeCycle } from '../gait/shoe-cycle.ts'
import { GaitSignals } from '../gait/signals.ts'
import { Strides } from '../gait/strides.ts'
import { LoadCount } from '../metrics/intensity.ts'
import { Moments } from '../metrics/moments.ts'
import { OnsetFinder } from '../metrics/onset.ts'
import { PhaseCourse } from '../metrics/phase-course.ts'
import { MetricCourse, SessionSummary } from '../metrics/summary.ts'
import { Forefoot } from '../motion/forefoot.ts'
import { RelativeHeading } from '../motion/heading.ts'
import { JointReader } from '../motion/joint-reader.ts'
import { LegMotion } from '../motion/leg.ts'
import { PoseReader } from '../motion/leg-pose.ts'
import { LegWatch } from '../motion/leg-watch.ts'
import { MediolateralAxis } from '../motion/mediolateral-axis.ts'
import { PairWatch } from '../motion/pair-watch.ts'
import { PitchAxis } from '../motion/pitch-axis.ts'
import { AxisCorrelation, VectorMoments } from '../motion/pitch-moments.ts'
import { PoseWatch } from '../motion/pose-watch.ts'
import { Sampler } from '../motion/sampler.ts'
import { StanceReader } from '../motion/stance-reader.ts'
import { StandingDetector } from '../motion/standing.ts'
import { SwingReader } from '../motion/swing.ts'
import { UpTracker } from '../motion/tilt.ts'
import { PodTrack } from '../motion/track.ts'
import { AngleTracker } from '../motion/tracker.ts'
import { WornPod } from '../motion/worn-pod.ts'
import { Analysis } from './analysis.ts'
import { BeltCourse } from './belt.ts'
import { HighGChannel } from './high-g.ts'
import { LegAnalysis } from './leg.ts'
import { LegOutput } from './leg-output.ts'
import { LegPods } from './leg-pods.ts'
import { MirrorWatch } from './mirror-watch.ts'
import { PodInlet } from './pod-inlet.ts'
import { SampleOrder } from './sample-order.ts'

/** The classes an analysis is made of. One that is missing here is named by the error of saving. */
export const STATE_CLASSES = new Map(
  [
    Analysis,
    BeltCourse,
    LegOutput,
    LegAnalysis,
    LegPods,
    MirrorWatch,
    PodInlet,
    HighGChannel,
    SampleOrder,
    PodClock,
    Envelope,
    RateFit,
    SkewFit,
    PodTrack,
    LegMotion,
    WornPod,
    UpTracker,
    AngleTracker,
    RelativeHeading,
    MediolateralAxis,
    PitchAxis,
    VectorMoments,
    AxisCorrelation,
    StandingDetector,
    StanceReader,
    SwingReader,
    Forefoot,
    JointReader,
    PoseReader,
    Sampler,
    LegWatch,
    PoseWatch,
    PairWatch,
    LegGait,
    LegEvents,
    Departure,
    ShoeCycle,
    ShinCycle,
    GaitSignals,
    Strides,
    SessionSummary,
    MetricCourse,
    Moments,
    OnsetFinder,
    PhaseCourse,
    LoadCount,
  ].map((type) => [type.name, type as new (...args: never[]) => object] as const),
)
