import type { AnyNode, Identifier, Program } from 'acorn'
import { isFunction, isReference, walk } from './syntax-tree.ts'

/** Of each scope, where each of its names is declared. */
type Scopes = Map<AnyNode, Map<string, number>>

/**
 * References that JavaScript's hoisting would make good and Espruino does not: a name used, in the very function that declares it,
 * before its declaration. A function that is only *called* later may name what is declared later.
 */
export function usesBeforeDefinition(program: Program): Identifier[] {
  const scopes: Scopes = new Map()
  walk(program, (node, parents) => declare(scopes, node, parents))
  const early: Identifier[] = []
  walk(program, (node, parents) => {
    if (node.type === 'Identifier' && isReference(node, parents.at(-1)) && isEarly(scopes, node, parents))
      early.push(node)
  })
  return early
}

function isEarly(scopes: Scopes, use: Identifier, parents: readonly AnyNode[]): boolean {
  for (let i = parents.length - 1; i >= 0; i--) {
    const parent = parents[i]!
    const at = scopes.get(parent)?.get(use.name)
    if (at !== undefined) return use.start < at
    // A name from outside this function: when the function runs is not seen here.
    if (isFunction(parent)) return false
  }
  return false
}

function declare(scopes: Scopes, node: AnyNode, parents: readonly AnyNode[]): void {
  const add = (scope: AnyNode, name: string, at: number): void => {
    const names = scopes.get(scope) ?? new Map<string, number>()
    scopes.set(scope, names)
    if (!names.has(name)) names.set(name, at)
  }
  const parent = parents.at(-1)
  if (isFunction(node))
    for (const param of node.params) if (param.type === 'Identifier') add(node, param.name, param.start)
  if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration')
    add(blockOf(parents), node.id!.name, node.start)
  if (node.type === 'CatchClause' && node.param?.type === 'Identifier')
    add(node, node.param.name, node.param.start)
  if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier')
    add(
      parent?.type === 'VariableDeclaration' && parent.kind === 'var'
        ? functionOf(parents)
        : blockOf(parents),
      node.id.name,
      node.id.start,
    )
}

const BLOCKS = [
  'Program',
  'BlockStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'SwitchStatement',
]

function blockOf(parents: readonly AnyNode[]): AnyNode {
  return parents.findLast((parent) => BLOCKS.includes(parent.type))!
}

function functionOf(parents: readonly AnyNode[]): AnyNode {
  return parents.findLast((parent) => isFunction(parent)) ?? parents[0]!
}
