import { describe, expect, it } from 'vitest'
import type { FeedState } from '../../host/session/feed.ts'
import { describeLeg } from '../../host/web/leg-status.ts'
import { currentStep, podState } from '../../host/web/pod-state.ts'
import { stepOfStance } from '../../host/web/steps.ts'
import { sideOf } from '../../shared/places.ts'
import { stanceOf, stateAt } from '../server/scripted-feed.ts'
import { podLive } from '../shared/pod-live.ts'

const four = (['left-shoe', 'left-shin', 'right-shoe', 'right-shin'] as const).map((place) => podLive(place))
const steps = (n: number, reasons: string[] = []) =>
  Array.from({ length: n }, (_, index) => stepOfStance(stanceOf(index, { reasons })))
const waiting: FeedState = { ...stateAt(0), phase: 'waiting' }

const left = (known: Partial<Parameters<typeof describeLeg>[1]>) =>
  describeLeg('left', {
    linkLost: false,
    unreadable: null,
    state: stateAt(10),
    pods: four,
    steps: steps(12),
    frozenAtS: null,
    stancesSince: 0,
    ...known,
  })

describe('what a panel says of its leg', () => {
  it('is live when all is well', () => {
    expect(left({})).toMatchObject({ kind: 'live', look: 'good' })
  })

  it('names the pods that are not heard yet, of this leg only', () => {
    const heard = four.filter(({ place }) => place === 'left-shoe' || sideOf(place) === 'right')
    expect(left({ state: waiting, pods: heard, steps: [] }).what).toContain('Left shin not heard yet')
    expect(left({ state: waiting, pods: [], steps: [] })).toMatchObject({ kind: 'empty' })
  })

  it('does not call a pod lost that was never asked for samples', () => {
    const idle = four.map((one) => ({ ...one, streaming: false }))
    expect(left({ state: waiting, pods: idle, steps: [] }).what).toContain('ready')
    expect(idle.map((one) => podState(one, 'waiting'))).toEqual(['ready', 'ready', 'ready', 'ready'])
  })

  it('says which pod is lost, in the pod’s own words', () => {
    const lost = [
      podLive('left-shoe'),
      podLive('left-shin', { streaming: false, problem: 'check its cable' }),
    ]
    expect(left({ pods: lost })).toEqual({
      kind: 'lost',
      tag: '✕ left shin',
      look: 'bad',
      what: 'check its cable',
    })
  })

  it('says why a recording cannot be shown, in place of waiting for it', () => {
    expect(left({ state: null, unreadable: 'a.mcap: no recording' })).toMatchObject({
      kind: 'off',
      look: 'bad',
      what: 'a.mcap: no recording',
    })
  })

  it('does not mind a lost pod of the other leg', () => {
    expect(left({ pods: [podLive('left-shoe'), podLive('right-shin', { streaming: false })] }).kind).toBe(
      'live',
    )
  })

  it('counts what is set apart, with the reason of the latest', () => {
    const some = [...steps(10), stepOfStance(stanceOf(10, { reasons: ['gap: left-shin'] }))]
    expect(left({ steps: some })).toMatchObject({
      kind: 'gap',
      tag: '▲ 1 of 11 set apart',
      what: 'gap: left shin. Nothing is filled in.',
    })
  })

  it('says of a peak past the limit that it is at least so much', () => {
    const some = [...steps(11), stepOfStance(stanceOf(11, { reasons: ['clipped: left-shin'] }))]
    expect(left({ steps: some })).toMatchObject({
      kind: 'clipped',
      tag: '▲ 1 of 12 clipped',
      what: expect.stringContaining('at least'),
    })
  })

  it('is provisional while alignment settles', () => {
    expect(left({ steps: steps(4, ['settling']) })).toMatchObject({
      kind: 'settling',
      tag: '▲ settling, 4 so far',
    })
  })

  it('puts the lost host before everything, and frozen before live', () => {
    expect(left({ linkLost: true, frozenAtS: 3 }).kind).toBe('off')
    expect(left({ frozenAtS: 63, stancesSince: 5 })).toMatchObject({ kind: 'frozen', tag: '❚❚ 1:03' })
  })

  it('gives a replay its speed, its pause and its end', () => {
    const replay = stateAt(1, 'replay')
    const tag = (more: Partial<FeedState>) => left({ state: { ...replay, ...more } }).tag
    expect(tag({ phase: 'playing', speed: 0.25 })).toBe('▶ 0.25×')
    expect(tag({ phase: 'playing', speed: null })).toBe('▶ max')
    expect(tag({ phase: 'paused' })).toContain('paused')
    expect(tag({ phase: 'ended' })).toContain('end')
  })
})

describe('the three steps before running', () => {
  it('go from pods on to standing, running, and done when every pod is aligned', () => {
    const aligned = four.map((one) => ({ ...one, alignment: { method: 'm', qualityPct: 90 } }))
    expect(currentStep(four.slice(1), 0)).toBe(0)
    expect(currentStep(four, 0)).toBe(1)
    expect(currentStep(four, 3)).toBe(2)
    expect(currentStep(aligned, 20)).toBe(3)
  })
})
