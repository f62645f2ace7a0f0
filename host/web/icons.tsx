import type { ComponentChildren } from 'preact'
import type { Segment } from '../server/messages.ts'

export const SegmentIcon = ({ segment }: { segment: Segment }) => (
  <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true">
    {segment === 'shoe' ? (
      <path d="M2 5v6.5h12v-1.2c0-1.5-1.3-2.2-3-2.6L7.5 5 6 6.5 2 5z" stroke-linejoin="round" />
    ) : (
      <>
        <path d="M6.5 2 7 14M10.5 2 9.5 14" stroke-linecap="round" />
        <rect x="6" y="5.5" width="4.8" height="4" rx="1" fill="currentColor" stroke="none" />
      </>
    )}
  </svg>
)

export const WarnIcon = () => (
  <svg
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.7"
    stroke-linecap="round"
    aria-hidden="true"
  >
    <path d="M10 3 2.5 16.5h15z" stroke-linejoin="round" />
    <path d="M10 8.5V12M10 14.3v.01" />
  </svg>
)

export const TickIcon = () => (
  <svg
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d="m4.5 10.5 3.5 3.5 7.5-8" />
  </svg>
)

export const PlayIcon = ({ playing }: { playing: boolean }) => (
  <svg viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
    {playing ? <path d="M4 2.5h3v11H4zM9 2.5h3v11H9z" /> : <path d="M4.5 2.5v11l9-5.5z" />}
  </svg>
)

/** One stance on or back. */
export const StepIcon = ({ by }: { by: 1 | -1 }) => (
  <svg viewBox="0 0 16 16" width="16" height="16" fill="currentColor" aria-hidden="true">
    <path d={by > 0 ? 'M3 3v10l7.500-5zM11.200 3H13v10h-1.800z' : 'M13 3v10L5.500 8zM3 3h1.800v10H3z'} />
  </svg>
)

/** In lines, as large as a word. */
const Drawn = ({ width, children }: { width: number; children: ComponentChildren }) => (
  <svg
    width="16"
    height="16"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    stroke-width={width}
    stroke-linecap="round"
    aria-hidden="true"
  >
    {children}
  </svg>
)

export const SearchIcon = () => (
  <Drawn width={1.6}>
    <circle cx="7" cy="7" r="4.5" />
    <path d="m10.5 10.5 3.5 3.5" />
  </Drawn>
)

export const BrandMark = () => (
  <svg viewBox="0 0 26 26" fill="none" aria-hidden="true">
    <rect width="26" height="26" rx="7" fill="var(--ink)" />
    <path
      d="M4.5 17.5C8 17.5 8.6 8 13 8s5.4 7 8.5 9.5"
      stroke="var(--surface)"
      stroke-width="2.2"
      stroke-linecap="round"
    />
    <circle cx="13" cy="8" r="2.6" fill="var(--surface)" />
  </svg>
)

export const SettingsIcon = () => (
  <Drawn width={1.5}>
    <path d="M2 4.5h7M13 4.5h1M2 11.5h1M7 11.5h7" />
    <circle cx="11" cy="4.5" r="2" />
    <circle cx="5" cy="11.5" r="2" />
  </Drawn>
)
