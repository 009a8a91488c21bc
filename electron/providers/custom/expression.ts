import type * as jmespath from '@jmespath-community/jmespath'

/**
 * What a manifest may say of an answer: JMESPath, less what calculates or multiplies. JMESPath runs no code and has no
 * loops of its own; JSONata, which has both, let crafted expressions run commands in 2026 (CVE-2026-77415, fixed in 2.2.1;
 * checked 2026-11-25), and manifests are handed around. What is left selects only: each step visits a part of the answer
 * once, so the work is bounded by the length of the expression times the size of the answer, and no number is changed.
 */
export interface Expression {
  text: string
  /** Null stands for nothing there, as in JSON. */
  on(value: unknown): { found: unknown } | { problem: string }
}

type Library = typeof jmespath
type Node = ReturnType<Library['compile']>

const selecting = new Set([
  'Field',
  'Subexpression',
  'Index',
  'IndexExpression',
  'Slice',
  'Projection',
  'ValueProjection',
  'FilterProjection',
  'Flatten',
  'Pipe',
  'Identity',
  'Current',
  'Literal',
  'Comparator',
  'AndExpression',
  'OrExpression',
  'NotExpression',
  'Ternary',
  'MultiSelectList',
  'Function',
])
const functions = [
  'contains',
  'ends_with',
  'items',
  'join',
  'keys',
  'lower',
  'not_null',
  'split',
  'starts_with',
  'trim',
  'type',
  'upper',
  'values',
]
/** Lists made anew are what could multiply: with these few, at most some eighty times. */
const mostListed = 12

/** Loads the language: only accounts that need it pay for it. */
export async function loadExpressions(): Promise<(text: string) => Expression | { problem: string }> {
  const library = await import('@jmespath-community/jmespath')
  return (text) => {
    try {
      const node = library.compile(text)
      const problem = problemIn(node)
      return problem === null ? { text, on: (value) => evaluate(library, node, value) } : { problem }
    } catch (error) {
      return { problem: `is no JMESPath: ${(error as Error).message.slice(0, 120)}` }
    }
  }
}

/** An error of the language may hold what is in the answer, so it is not repeated. */
function evaluate(library: Library, node: Node, value: unknown): { found: unknown } | { problem: string } {
  try {
    const found: unknown = library.TreeInterpreter.search(node, value as Parameters<Library['search']>[0])
    return { found: found ?? null }
  } catch {
    return { problem: 'cannot be applied to what is there' }
  }
}

function problemIn(root: Node): string | null {
  let listed = 0
  for (const node of everyNode(root)) {
    const { type } = node
    if (type === 'Arithmetic' || type === 'Unary')
      return 'calculates, which is not exact with money; see "amountIn" and "negate"'
    if (type === 'Comparator' && node['name'] !== 'EQ' && node['name'] !== 'NE')
      return 'compares by size, which numbers that are sent as text do not have; == and != are there'
    if (type === 'Function' && !functions.includes(String(node['name'])))
      return `may not use ${String(node['name'])}(); there are ${functions.join(', ')}`
    if (!selecting.has(type)) return `uses ${type}, which is not part of what a manifest may say`
    if (type === 'MultiSelectList') listed += (node['children'] as unknown[]).length
  }
  return listed > mostListed ? `lists more than ${mostListed} things` : null
}

type AnyNode = Record<string, unknown> & { type: string }

/** Every step of an expression. A literal is a value, whatever it looks like. */
function* everyNode(node: unknown): Iterable<AnyNode> {
  if (node === null || typeof node !== 'object') return
  if ('type' in node) yield node as AnyNode
  if ('type' in node && node.type === 'Literal') return
  for (const child of Object.values(node)) yield* everyNode(child)
}
