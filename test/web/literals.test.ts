import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'

const WEB = fileURLToPath(new URL('../../host/web', import.meta.url))
/** Attributes that are read or shown. */
const SPOKEN = new Set(['aria-label', 'aria-description', 'alt', 'title', 'placeholder'])
/** A word, not a unit, a glyph or the letter of a leg. */
const WORD = /[a-z]{4}/i

/** What stands on a key is what stands on it in any language. */
const isKey = (node: ts.Node): boolean =>
  ts.isJsxElement(node) && node.openingElement.tagName.getText() === 'kbd'

/** Texts that a component shows without asking the catalogue. */
function literals(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(`${WEB}/${file}`, 'utf8'),
    ts.ScriptTarget.ESNext,
    true,
  )
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && !isKey(node.parent)) found.push(node.text)
    if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText()) && node.initializer)
      if (ts.isStringLiteral(node.initializer)) found.push(node.initializer.text)
    if (ts.isJsxExpression(node) && node.expression && ts.isStringLiteralLike(node.expression))
      if (!ts.isJsxAttribute(node.parent)) found.push(node.expression.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found.filter((text) => WORD.test(text)).map((text) => `${file}: ${text.trim()}`)
}

it('shows no word that is not in the catalogue', () => {
  const files = globSync('**/*.tsx', { cwd: WEB })
  expect(files.length).toBeGreaterThan(40)
  expect(files.flatMap(literals)).toEqual([])
})
