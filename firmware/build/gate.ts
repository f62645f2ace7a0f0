import { type AnyNode, type MemberExpression, parse } from 'acorn'
import { usesBeforeDefinition } from './hoisting.ts'
import { isFunction, isReference, walk } from './syntax-tree.ts'

export interface Fault {
  /** What Espruino lacks or does otherwise. */
  rule: string
  /** From 1 and from 0, as acorn counts. */
  line: number
  column: number
  /** The source there, shortened. */
  text: string
}

/** Globals that Espruino has not. */
const ABSENT_GLOBALS = new Set(
  (
    'Map Set WeakMap WeakSet Symbol Proxy Reflect BigInt performance queueMicrotask setImmediate TextEncoder TextDecoder ' +
    'Buffer RangeError structuredClone globalThis'
  ).split(' '),
)

/** Built-in members that it has not, by what they are asked of. */
const ABSENT_STATICS: Readonly<Record<string, readonly string[]>> = {
  Math: ['imul', 'fround', 'clz32', 'trunc', 'hypot', 'log2', 'cbrt', 'log10', 'log1p', 'expm1'],
  Array: ['from', 'of'],
  Object: ['freeze', 'isFrozen', 'seal', 'hasOwn', 'groupBy'],
  Number: ['isInteger', 'isFinite', 'EPSILON', 'MAX_SAFE_INTEGER', 'isSafeInteger'],
}
const WIDE_ARRAY = /^(Uint16|Int16|Uint32|Int32|Float32|Float64)Array$/
const TYPED_ARRAY = /^(Uint8|Int8|Uint16|Int16|Uint32|Int32|Float32|Float64|Uint8Clamped)Array$/

/** Methods it has not, or has otherwise: a typed array's slice is a plain array. */
const ABSENT_METHODS = new Set(
  (
    'slice copyWithin flat flatMap at lastIndexOf codePointAt matchAll finally findLast findLastIndex toSorted ' +
    'getBigInt64 getBigUint64 setBigInt64 setBigUint64'
  ).split(' '),
)

/** Lookaround, named groups, counted and lazy repetition. */
const ABSENT_REGEX = /\(\?[=!<]|\{\d+,?\d*\}|[*+?}]\?/

/**
 * Everything in a bundle that Espruino (2v29) cannot run or runs otherwise than Node, and its size if that is over the board's budget, bytes.
 * Empty when the bundle may go to a pod.
 */
export function checkBundle(code: string, byteBudget: number): Fault[] {
  const program = parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true })
  const faults: Fault[] = []
  const report = (rule: string, node: AnyNode): void => {
    const { line, column } = node.loc!.start
    faults.push({ rule, line, column, text: code.slice(node.start, Math.min(node.end, node.start + 60)) })
  }
  walk(program, (node, parents) => {
    const rule = syntaxRule(node, parents) ?? builtInRule(node, parents.at(-1)) ?? silentRule(node, code)
    if (rule) report(rule, node)
  })
  for (const use of usesBeforeDefinition(program)) report('use before definition', use)
  const bytes = Buffer.byteLength(code)
  if (bytes > byteBudget)
    faults.push({ rule: 'byte budget', line: 1, column: 0, text: `${bytes} bytes of ${byteBudget}` })
  return faults
}

/** The rule of the language that a node breaks, or `null`. */
function syntaxRule(node: AnyNode, parents: readonly AnyNode[]): string | null {
  if (isFunction(node) && node.async) return 'async'
  if (isFunction(node) && node.generator) return 'generator'
  switch (node.type) {
    case 'SpreadElement':
      return 'spread'
    case 'RestElement':
      return 'rest'
    case 'ArrayPattern':
    case 'ObjectPattern':
      return 'destructuring'
    case 'AssignmentPattern':
      return 'default value'
    case 'AwaitExpression':
      return 'async'
    case 'ChainExpression':
      return 'optional chaining'
    case 'BinaryExpression':
      return node.operator === '**' ? 'exponentiation' : null
    case 'AssignmentExpression':
      return assignmentRule(node.operator, node.left)
    case 'LabeledStatement':
      return 'label'
    case 'Property':
    case 'MethodDefinition':
      return node.computed ? 'computed key' : null
    case 'TaggedTemplateExpression':
      return 'tagged template'
    case 'MetaProperty':
      return 'new.target'
    case 'SwitchStatement':
      return node.cases.slice(0, -1).some((branch) => branch.test === null) ? 'default before case' : null
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
      return closesOverLoopVariable(node) ? 'closure over loop variable' : null
    case 'Literal':
      return node.bigint ? 'BigInt' : regexRule(node.regex?.pattern)
    default:
      return classRule(node, parents) ?? (/^(Import|Export)/.test(node.type) ? 'module' : null)
  }
}

function assignmentRule(operator: string, left: AnyNode): string | null {
  if (operator === '**=') return 'exponentiation'
  if (operator === '??=' || operator === '||=' || operator === '&&=') return 'logical assignment'
  return left.type === 'MemberExpression' && memberName(left) === 'length' ? 'assignment to length' : null
}

function regexRule(pattern: string | undefined): string | null {
  return pattern !== undefined && ABSENT_REGEX.test(pattern) ? 'regular expression' : null
}

/**
 * Classes work but for these: `super.m()` may recurse for ever, a field's value is made once and shared by all instances, and what
 * extends Error is none.
 */
function classRule(node: AnyNode, parents: readonly AnyNode[]): string | null {
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression')
    return node.superClass?.type === 'Identifier' && /Error$/.test(node.superClass.name)
      ? 'extends Error'
      : null
  if (node.type === 'PrivateIdentifier') return 'private name'
  if (node.type === 'StaticBlock') return 'static block'
  if (node.type === 'Super' && parents.at(-1)?.type === 'MemberExpression') return 'super method'
  if (node.type !== 'PropertyDefinition') return null
  if (node.computed) return 'computed key'
  return node.value && node.value.type !== 'Literal' ? 'shared class field' : null
}

/** The rule of the library that a node breaks, or `null`. */
function builtInRule(node: AnyNode, parent: AnyNode | undefined): string | null {
  if (node.type === 'Identifier' && isReference(node, parent) && ABSENT_GLOBALS.has(node.name))
    return `no ${node.name}`
  if (node.type !== 'MemberExpression') return null
  const name = memberName(node)
  if (name === null) return null
  const owner = node.object.type === 'Identifier' ? node.object.name : ''
  if (ABSENT_STATICS[owner]?.includes(name)) return `no ${owner}.${name}`
  if (TYPED_ARRAY.test(owner) && ['from', 'of'].includes(name)) return `no ${owner}.${name}`
  if (name === 'BYTES_PER_ELEMENT') return `no ${name}`
  const isCall = parent?.type === 'CallExpression' && parent.callee === node
  return isCall && ABSENT_METHODS.has(name) ? `no .${name}()` : null
}

/** What runs on both and does not do the same. */
function silentRule(node: AnyNode, code: string): string | null {
  // There the next line's expression is what is returned.
  if (node.type === 'ReturnStatement' && !node.argument && /^\s*\n\s*[^\s}]/.test(code.slice(node.end)))
    return 'return at the end of a line'
  // One byte an element.
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
    const [sent] = node.arguments
    const made = sent?.type === 'NewExpression' && sent.callee.type === 'Identifier' ? sent.callee.name : ''
    if (memberName(node.callee) === 'write' && WIDE_ARRAY.test(made)) return 'write of a wide array'
  }
  return null
}

function memberName(node: MemberExpression): string | null {
  return !node.computed && node.property.type === 'Identifier' ? node.property.name : null
}

/** Espruino makes a loop variable once and not once an iteration: a closure sees its last value. */
function closesOverLoopVariable(loop: AnyNode): boolean {
  const names = new Set<string>()
  const head = 'init' in loop ? loop.init : 'left' in loop ? loop.left : null
  if (typeof head !== 'object' || head?.type !== 'VariableDeclaration') return false
  for (const { id } of head.declarations) if (id.type === 'Identifier') names.add(id.name)
  let closes = false
  walk(loop, (node, parents) => {
    if (node.type === 'Identifier' && names.has(node.name) && isReference(node, parents.at(-1)))
      closes ||= parents.some(isFunction)
  })
  return closes
}
