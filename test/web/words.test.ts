import { expect, it } from 'vitest'
import { words } from '../../host/web/words.ts'

/** Words that judge or frighten, which the companion never says of a person's movement. */
const NEVER =
  /\b(abnormal|excessive|overpronat\w*|pronat\w*|bad|wrong|risk|injur\w*|correct(ed)?|score|should|norm(al)?)\b|!/i

const texts = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return texts(value('left', 'x', 'y', 3))
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(texts)
  return []
}

it('says what moved, where, when and how much, and nothing about health', () => {
  // places and lists are given to functions of their own
  const { state, pods, ...rest } = words
  const all = [rest, { ...state, waiting: state.waiting(['left-shin']), lost: state.lost('left-shin') }, pods]
  const said = texts(all)
  expect(said.length).toBeGreaterThan(150)
  expect(said.filter((text) => NEVER.test(text))).toEqual([])
})
