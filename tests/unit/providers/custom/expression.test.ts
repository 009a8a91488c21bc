import { describe, expect, it } from 'vitest'
import { loadExpressions } from '../../../../electron/providers/custom/expression.ts'

const compile = await loadExpressions()

function find(text: string, value: unknown) {
  const made = compile(text)
  return 'problem' in made ? made : made.on(value)
}

describe('an expression', () => {
  it.each([
    ['a.b[1]', { a: { b: [1, '2.50'] } }, '2.50'],
    ['data[].rows[]', { data: [{ rows: [1] }, { rows: [2, 3] }] }, [1, 2, 3]],
    [
      "data[?type == 'usage'].cost",
      {
        data: [
          { type: 'usage', cost: 1 },
          { type: 'fee', cost: 2 },
        ],
      },
      [1],
    ],
    ["join('/', [a, b])", { a: 'x', b: 'y' }, 'x/y'],
    ['items(days)', { days: { monday: 1 } }, [['monday', 1]]],
    ['not_null(a, b)', { a: null, b: 'z' }, 'z'],
    ['"odd name"', { 'odd name': 7 }, 7],
    ['nothing.at.all', {}, null],
  ])('selects: %s', (text, value, found) => {
    expect(find(text, value)).toEqual({ found })
  })

  it('leaves the digits of an amount as they are', () => {
    expect(find('cost', { cost: '0.100000000000000000001' })).toEqual({ found: '0.100000000000000000001' })
  })

  it.each([
    ['a + b', 'calculates'],
    ['-a', 'calculates'],
    ['[?a > `1`]', 'compares by size'],
    ['pad_left(a, `900000000`)', 'may not use pad_left()'],
    ["replace(a, 'a', 'aaaa')", 'may not use replace()'],
    ['map(&[@, @], a)', 'may not use map()'],
    ['let $a = b in $a', 'uses LetExpression'],
    ['$.a', 'uses Root'],
    ['{a: b}', 'uses MultiSelectHash'],
    ['eval(a)', 'may not use eval()'],
    ['constructor.constructor(a)', 'may not use constructor()'],
  ])('may not do more than that: %s', (text, words) => {
    expect(find(text, {})).toMatchObject({ problem: expect.stringContaining(words) as string })
  })

  it('cannot double a list until memory ends', () => {
    expect(find(`a${' | [@, @][]'.repeat(7)}`, { a: [1] })).toMatchObject({
      problem: expect.stringContaining('lists') as string,
    })
    const most = find(`a${' | [@, @][]'.repeat(6)}`, { a: [1] })
    expect('found' in most && (most.found as unknown[]).length).toBe(64)
  })

  it('does not repeat what it could not be applied to', () => {
    expect(find("join('/', a)", { a: { secret: 's3cret' } })).toEqual({ problem: 'cannot be applied to what is there' })
  })
})
