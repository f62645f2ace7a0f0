import { type AnyNode, parse } from 'acorn'
import { childrenOf, isFunction, isReference, walk } from '../build/syntax-tree.ts'

/** What an interpreter that walks the source does: pieces of syntax gone through, calls made, globals looked for. */
export interface Work {
  nodes: number
  calls: number
  globals: number
}

/** Name of the global that a metered program reports to: `(nodes, calls, globals) => void`. */
export const METER = 'meterWork'

/**
 * The same program, telling {@link METER} what it does as it does it: before every statement, at every turn of a loop, and where a part of an
 * expression is only gone through when it is needed.
 */
export function metered(code: string): string {
  const program = parse(code, { ecmaVersion: 'latest', sourceType: 'module' })
  const locals = localNames(program)

  const report = (work: Work): string => `${METER}(${work.nodes},${work.calls},${work.globals})`

  /** A node's own text, its children's metered. */
  function render(node: AnyNode): string {
    let text = ''
    let at = node.start
    for (const child of childrenOf(node)) {
      // a shorthand property is its own value
      if (child.start < at) continue
      text += code.slice(at, child.start) + inPlace(child, node)
      at = child.end
    }
    return text + code.slice(at, node.end)
  }

  /** A child as it stands in its parent. */
  function inPlace(node: AnyNode, parent: AnyNode): string {
    if (isBody(node, parent)) {
      const turn = isLoop(parent) ? plus(workOf(parent, locals), NO_WORK) : NO_WORK
      const once = report(plus(turn, node.type === 'BlockStatement' ? NO_WORK : workOf(node, locals)))
      return `{${once};${render(node)}}`
    }
    if (isStatement(node) && isListOfStatements(parent) && !('directive' in node))
      return `${report(workOf(node, locals))};${render(node)}`
    if (isOptional(node, parent)) return `(${report(workOf(node, locals))},${render(node)})`
    return render(node)
  }
  return render(program)
}

const NO_WORK: Work = { nodes: 0, calls: 0, globals: 0 }
const plus = (a: Work, b: Work): Work => ({
  nodes: a.nodes + b.nodes,
  calls: a.calls + b.calls,
  globals: a.globals + b.globals,
})

/** What going through a node takes, without what is reported where it stands: statements within, functions, optional parts. */
function workOf(node: AnyNode, locals: ReadonlyMap<AnyNode, ReadonlySet<string>>): Work {
  const work = { ...NO_WORK }
  const add = (inner: AnyNode, parents: readonly AnyNode[]): void => {
    work.nodes++
    if (inner.type === 'CallExpression' || inner.type === 'NewExpression') work.calls++
    if (
      inner.type === 'Identifier' &&
      isReference(inner, parents.at(-1)) &&
      !locals.get(inner)?.has(inner.name)
    )
      work.globals++
    if (isFunction(inner)) return
    for (const child of childrenOf(inner))
      if (!isStatement(child) && !isOptional(child, inner)) add(child, [...parents, inner])
  }
  add(node, [])
  return work
}

/** Of every identifier, the names that are local where it stands. */
function localNames(program: AnyNode): Map<AnyNode, ReadonlySet<string>> {
  const own = new Map<AnyNode, Set<string>>()
  walk(program, (node, parents) => {
    const holder = parents.findLast(isFunction)
    if (isFunction(node))
      own.set(node, new Set(node.params.map((param) => (param.type === 'Identifier' ? param.name : ''))))
    if (holder && node.type === 'VariableDeclarator' && node.id.type === 'Identifier')
      own.get(holder)!.add(node.id.name)
    if (holder && node.type === 'FunctionDeclaration') own.get(holder)!.add(node.id!.name)
  })
  const seen = new Map<AnyNode, ReadonlySet<string>>()
  walk(program, (node, parents) => {
    if (node.type === 'Identifier')
      seen.set(node, new Set(parents.filter(isFunction).flatMap((f) => [...(own.get(f) ?? [])])))
  })
  return seen
}

const isStatement = (node: AnyNode): boolean => /Statement$|Declaration$/.test(node.type)
const isLoop = (node: AnyNode): boolean => /^(For|ForIn|ForOf|While|DoWhile)Statement$/.test(node.type)
const isListOfStatements = (node: AnyNode): boolean =>
  node.type === 'BlockStatement' || node.type === 'Program' || node.type === 'SwitchCase'

/** The one statement of an `if`, an `else` or a loop. */
function isBody(node: AnyNode, parent: AnyNode): boolean {
  if (!isStatement(node)) return false
  if (parent.type === 'IfStatement') return node === parent.consequent || node === parent.alternate
  return isLoop(parent) && 'body' in parent && node === parent.body
}

/** A part of an expression that is gone through only when it is needed; an arrow function's only expression. */
function isOptional(node: AnyNode, parent: AnyNode): boolean {
  if (parent.type === 'LogicalExpression') return node === parent.right
  if (parent.type === 'ConditionalExpression') return node !== parent.test
  return parent.type === 'ArrowFunctionExpression' && parent.expression && node === parent.body
}
