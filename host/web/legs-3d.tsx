import { effect, signal, useSignalEffect } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { SIDES } from '../../shared/places.ts'
import type { PoseMessage, Side } from '../server/messages.ts'
import { asTable, connection, session } from './app.ts'
import { Choice } from './choice.tsx'
import { number } from './format.ts'
import { frozen, visibleSteps } from './freeze.ts'
import { dragged, keyed, leftIsLeft, PRESETS, type Preset, presetOf, type View } from './legs-3d-camera.ts'
import type { LegsScene } from './legs-3d-scene.ts'
import { StanceByStance, usualEversion } from './legs-3d-usual.ts'
import { palette } from './theme.ts'
import { useSize } from './use-size.ts'
import { usuals } from './usual.ts'
import { SIDE_WORDS, words } from './words.ts'

/** The card is open. */
export const legsOpen = signal(false)

const view = signal<View>(PRESETS.back)
/** What is drawn: the last pose, or with less motion the last stance's furthest. */
const drawn = signal<PoseMessage | null>(null)

const VIEWS = ['back', 'side', 'front'] as const

/** Shins and shoes as they turn. The code that draws them is fetched when the card opens; without it there are words and a table. */
export function Legs3d() {
  const at = presetOf(view.value) ?? 'free'
  return (
    <section class="card legs-3d" aria-label={words.legs3d.name}>
      <header>
        <h2>{words.legs3d.name}</h2>
        <Choice<Preset | 'free'>
          label={words.legs3d.view}
          quiet
          options={VIEWS.map((name) => [name, words.legs3d.views[name]] as const)}
          value={at}
          onChoose={(name) => {
            if (name !== 'free') view.value = PRESETS[name]
          }}
        />
      </header>
      {asTable.value ? <LegsTable /> : <Picture />}
    </section>
  )
}

type Status = 'loading' | 'ready' | 'no-webgl' | 'failed'

function Picture() {
  const { ref, width, height } = useSize<HTMLDivElement>()
  const canvas = useRef<HTMLCanvasElement>(null)
  const scene = useRef<LegsScene | null>(null)
  const [status, setStatus] = useState<Status>('loading')

  useEffect(() => {
    let closed = false
    const open = async (): Promise<Status> => {
      const { LegsScene } = await import('./legs-3d-scene.ts')
      if (closed || canvas.current === null) return 'loading'
      try {
        scene.current = new LegsScene(canvas.current)
      } catch {
        return 'no-webgl'
      }
      return 'ready'
    }
    open().then(setStatus, () => setStatus('failed'))
    return () => {
      closed = true
      scene.current?.dispose()
    }
  }, [])
  usePoses()

  useEffect(() => {
    if (width > 0 && height > 0) scene.current?.resize(width, height)
  }, [status, width, height])
  useSignalEffect(() => {
    void palette.value
    scene.current?.paint()
  })
  useEffect(() => show(scene.current), [status])
  useSignalEffect(() => show(scene.current))

  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys turn the picture */}
      <div class="scene" ref={ref} role="img" aria-label={spoken()} tabIndex={0} {...handlers}>
        <canvas ref={canvas} hidden={status !== 'ready'} />
        {status === 'ready' && <Beside />}
        {status !== 'ready' && <p class="nothing">{words.legs3d[status]}</p>}
        {status === 'ready' && !isKnown(drawn.value) && <p class="nothing">{words.legs3d.waiting}</p>}
      </div>
      <Caption />
    </>
  )
}

/** Asks for poses while the picture is open, and takes every one as it comes: an effect of the component would wait for the next picture. */
function usePoses(): void {
  useEffect(() => {
    connection.showPoses(true)
    const steps = new StanceByStance()
    const stop = effect(() => {
      const pose = session.pose.value
      if (frozen.value !== null) return
      if (pose === null || !calm.matches) drawn.value = pose
      else drawn.value = steps.take(pose) ?? drawn.peek()
    })
    return () => {
      stop()
      connection.showPoses(false)
    }
  }, [])
}

const calm = matchMedia('(prefers-reduced-motion: reduce)')

function show(scene: LegsScene | null): void {
  const pose = drawn.value
  const look = view.value
  const usual = { left: usuals.left.value, right: usuals.right.value }
  void palette.value
  if (scene === null) return
  scene.look(look)
  if (pose !== null) {
    const usualDeg = (side: Side) => usualEversion(usual[side], pose.legs[side].sinceContactS)
    scene.pose({ ...pose, usualDeg: { left: usualDeg('left'), right: usualDeg('right') } })
  }
  scene.draw()
}

/** Pointer and keys turn the picture; the page's own keys are not for them. */
const handlers = {
  onPointerDown: (event: PointerEvent) => (event.currentTarget as Element).setPointerCapture(event.pointerId),
  onPointerMove: (event: PointerEvent) => {
    if ((event.currentTarget as Element).hasPointerCapture(event.pointerId))
      view.value = dragged(view.value, event.movementX, event.movementY)
  },
  onKeyDown: (event: KeyboardEvent) => {
    const next = keyed(view.value, event.key)
    if (next === null) return
    view.value = next
    event.preventDefault()
    event.stopPropagation()
  },
}

const isKnown = (pose: PoseMessage | null): boolean =>
  pose !== null && SIDES.some((side) => pose.legs[side].shin !== null || pose.legs[side].shoe !== null)

const lastStep = (side: Side) => visibleSteps[side].value.at(-1)
const peakDeg = (side: Side): number | null => lastStep(side)?.metrics.peakEversionDeg ?? null

/** Eversion beside each shoe: as it is while the foot stands, else how far it went. */
function Beside() {
  const order = leftIsLeft(view.value) ? SIDES : SIDES.toReversed()
  return (
    <div class="beside">
      {order.map((side) => (
        <Reading key={side} side={side} />
      ))}
    </div>
  )
}

/** Tenths of a degree can be read when the picture is slow. */
const isSlow = (): boolean => {
  const state = session.state.value
  return calm.matches || state?.phase === 'paused' || (state?.speed ?? 1) < 1
}

function Reading({ side }: { side: Side }) {
  const pose = drawn.value?.legs[side]
  if (!pose || (pose.shin === null && pose.shoe === null)) return <p class={side[0]} />
  const stands = pose.sinceContactS !== null
  const deg = stands ? pose.eversionDeg : peakDeg(side)
  const sign = pose.provisional && deg !== null ? '~' : ''
  const known = stands ? words.legs3d.way(deg) : words.legs3d.peak
  const unknown = stands ? words.legs3d.unknown : words.legs3d.air
  return (
    <p class={`${side[0]} ${stands ? 'stands' : ''}`}>
      <b class="num">{`${sign}${number(deg, isSlow() ? 1 : 0)}${deg === null ? '' : '°'}`}</b>
      <span>{deg === null ? unknown : known}</span>
    </p>
  )
}

function Caption() {
  const pose = drawn.value
  const settling =
    pose !== null &&
    isKnown(pose) &&
    SIDES.some((side) => pose.legs[side].shoe !== null && pose.legs[side].provisional)
  const usual = usuals.left.value !== null || usuals.right.value !== null
  return (
    <p class="xs faint caption">
      {settling && <span class="tag attn">▲ {words.legs3d.settling}</span>}
      {words.legs3d.from[presetOf(view.value) ?? 'free']}
      {usual && ` · ${words.legs3d.usual}`}
      {calm.matches && ` · ${words.legs3d.calm}`}
    </p>
  )
}

const spoken = (): string =>
  words.legs3d.spoken(
    words.legs3d.from[presetOf(view.value) ?? 'free'],
    ...(SIDES.map((side) => (peakDeg(side) === null ? null : number(peakDeg(side), 1))) as [
      string | null,
      string | null,
    ]),
  )

/** The last stance of each leg in numbers. */
function LegsTable() {
  return (
    <div class="scroll">
      <table>
        <caption class="sr">{words.legs3d.table.caption}</caption>
        <thead>
          <tr>
            <th />
            {SIDES.map((side) => (
              <th key={side} scope="col" class="n">
                {SIDE_WORDS[side]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {words.legs3d.table.rows.map(([metric, name, digits]) => (
            <tr key={metric}>
              <th scope="row">{name}</th>
              {SIDES.map((side) => (
                <td key={side} class="n">
                  {number(lastStep(side)?.metrics[metric], digits)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
