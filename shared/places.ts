/** Where a pod is worn. The order numbers the pods on the wire: pod 0 is on the `left-shoe`. */
export const PLACES = ['left-shoe', 'left-shin', 'right-shoe', 'right-shin'] as const

export type Place = (typeof PLACES)[number]
export type Side = 'left' | 'right'
export type Segment = 'shoe' | 'shin'

export const SIDES: readonly Side[] = ['left', 'right']

export const sideOf = (place: Place): Side => (place.startsWith('left') ? 'left' : 'right')
export const segmentOf = (place: Place): Segment => (place.endsWith('shoe') ? 'shoe' : 'shin')
export const placeOf = (side: Side, segment: Segment): Place => `${side}-${segment}`
export const isPlace = (text: unknown): text is Place => (PLACES as readonly unknown[]).includes(text)
