import { expect, test } from 'vitest'
import { BOARD_NAMES, boardOf, SMALL_BUNDLE } from '../../firmware/build/boards.ts'
import { checkBundle } from '../../firmware/build/gate.ts'
import { bundle } from './rig.ts'

const refused: [rule: string, code: string][] = [
  ['spread', 'f(...a)'],
  ['spread', 'x=[...a]'],
  ['spread', 'x={...a}'],
  ['rest', 'function f(...a){}'],
  ['destructuring', 'let [a]=x'],
  ['destructuring', 'let {a}=x'],
  ['destructuring', 'function f({a}){}'],
  ['destructuring', 'for(let [a] of x){}'],
  ['destructuring', '[a,b]=[b,a]'],
  ['destructuring', '({a}=x)'],
  ['destructuring', 'x=([a])=>a'],
  ['rest', 'let [a,...b]=x'],
  ['default value', 'x=(a=1)=>a'],
  ['default value', 'let {a=1}=x'],
  ['default value', 'function f(a=1){}'],
  ['async', 'async function f(){}'],
  ['async', 'x=async()=>1'],
  ['async', 'async function f(){await a}'],
  ['async', 'class A{async m(){}}'],
  ['generator', 'class A{*m(){}}'],
  ['generator', 'function* f(){}'],
  ['optional chaining', 'a?.b'],
  ['optional chaining', 'a?.()'],
  ['exponentiation', 'a**b'],
  ['exponentiation', 'a**=b'],
  ['logical assignment', 'a??=b'],
  ['logical assignment', 'a||=b'],
  ['logical assignment', 'a&&=b'],
  ['assignment to length', 'a.length=0'],
  ['label', 'a:for(;;)break a'],
  ['label', 'a:for(;;){for(;;)continue a}'],
  ['computed key', 'x={[a]:1}'],
  ['computed key', 'class A{[a](){}}'],
  ['tagged template', 'f`a`'],
  ['new.target', 'function f(){new.target}'],
  ['default before case', 'switch(a){default:b();case 1:c()}'],
  ['closure over loop variable', 'for(let i=0;i<3;i++)f(()=>i)'],
  ['closure over loop variable', 'for(const i of a)f(function(){g(i)})'],
  ['BigInt', 'x=1n'],
  ['regular expression', 'x=/a(?=b)/'],
  ['regular expression', 'x=/(?<n>a)/'],
  ['regular expression', 'x=/a{2,3}/'],
  ['regular expression', 'x=/a*?/'],
  ['regular expression', 'x=/a(?!b)/'],
  ['regular expression', 'x=/(?<=a)b/'],
  ['regular expression', 'x=/a{2}/'],
  ['regular expression', 'x=/a+?/'],
  ['private name', 'class A{#x=1}'],
  ['private name', 'class A{#m(){}}'],
  ['extends Error', 'class A extends Error{}'],
  ['extends Error', 'x=class extends TypeError{}'],
  ['return at the end of a line', 'function f(){return\n1}'],
  ['write of a wide array', 'a.write(new Int16Array([258]))'],
  ['write of a wide array', 'a.write(new Float32Array(4))'],
  ['static block', 'class A{static{}}'],
  ['super method', 'class A extends B{m(){super.m()}}'],
  ['shared class field', 'class A{log=[]}'],
  ['shared class field', 'class A{f=()=>this}'],
  ['module', 'import a from"b"'],
  ['module', 'export let a=1'],
  ['module', 'import("b")'],
  ['use before definition', 'f();function f(){}'],
  ['use before definition', 'x=a;var a=1'],
  ['use before definition', 'function f(){g();function g(){}}'],
  ['use before definition', 'new A;class A{}'],
  ...'Map Set WeakMap WeakSet Symbol Proxy Reflect BigInt performance queueMicrotask setImmediate TextEncoder Buffer RangeError structuredClone'
    .split(' ')
    .map((name): [string, string] => [`no ${name}`, `x=${name}`]),
  ['no BYTES_PER_ELEMENT', 'x=Uint8Array.BYTES_PER_ELEMENT'],
  ['no BYTES_PER_ELEMENT', 'x=a.BYTES_PER_ELEMENT'],
  ...'Math.trunc Math.hypot Math.imul Math.fround Math.clz32 Math.log2 Math.cbrt Array.from Array.of Object.freeze Number.isInteger Number.isFinite Number.EPSILON Number.MAX_SAFE_INTEGER Uint8Array.from Uint8Array.of'
    .split(' ')
    .map((name): [string, string] => [`no ${name}`, `x=${name}`]),
  ...'slice copyWithin flat at lastIndexOf codePointAt finally getBigInt64 setBigInt64'
    .split(' ')
    .map((name): [string, string] => [`no .${name}()`, `a.${name}(1)`]),
]

test.each(refused)('%s is refused: %s', (rule, code) => {
  const faults = checkBundle(`let z=0;\n ${code}`, SMALL_BUNDLE)
  expect(faults.map((fault) => fault.rule)).toContain(rule)
  expect(faults.every((fault) => fault.line === 2 && fault.column >= 1 && fault.text.length > 0)).toBe(true)
})

const allowed = [
  'let f=(a,b)=>a??b;f(1,2)',
  'class A extends B{constructor(){super();this.log=[]}n=1;get m(){return 1}static s(){}}',
  'switch(a){case 1:b();break;default:c()}',
  'function f(){return g()}function g(){return 1}f()',
  'for(let i=0;i<3;i++){let k=i;f(function(){return k})}',
  'for(let i=0;i<3;i++)f(a=>a+1);',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the bundle's text has a template
  'x=`a${b}c`;y={a(){},b,c:1};x.length&3',
  'x=/^a+(?:b|c)[0-9]$/i;y=Math.max(1,Math.floor(a));z=new Uint8Array(4).subarray(1,2)',
  'let x={Map:1,slice:2};x.Map=x.slice',
  'try{a()}catch(_){b()}finally{c()}',
  'function f(){if(a)return;b()}function g(){return}a.write(new Uint8Array(3));a.write(b.buffer)',
]

test.each(allowed)('allowed: %s', (code) => {
  expect(checkBundle(code, SMALL_BUNDLE)).toEqual([])
})

test('a bundle over the budget is refused, one at the budget is not', () => {
  const filler = (bytes: number) => `x="${'a'.repeat(bytes - 4)}"`
  expect(checkBundle(filler(SMALL_BUNDLE), SMALL_BUNDLE)).toEqual([])
  expect(checkBundle(filler(SMALL_BUNDLE + 1), SMALL_BUNDLE)).toEqual([
    { rule: 'byte budget', line: 1, column: 0, text: `${SMALL_BUNDLE + 1} bytes of ${SMALL_BUNDLE}` },
  ])
})

test.each(BOARD_NAMES)('the bundle for %s passes', async (board) => {
  expect(checkBundle(await bundle(board), boardOf(board).byteBudget)).toEqual([])
})
