import { describe, expect, it } from 'vitest'
import { inGoes } from '../../../electron/alerts/in-goes.ts'
import type { Finding } from '../../../electron/detection/finding.ts'

const finding = (identity: string, severity: Finding['severity'] = 'warning') => ({ identity, severity }) as Finding
const many = (count: number) => Array.from({ length: count }, (_, nth) => finding(`f${nth}`))

describe('a judgement with very many findings', () => {
  it('is taken whole as long as it is not too much', () => {
    const judgement = { findings: many(100), cleared: new Map([['x', 'over']]) }
    expect(inGoes(judgement, [])).toEqual({ now: judgement, later: null })
  })

  it('is taken gravest first, and the rest is left for later', () => {
    const findings = [...many(500), finding('grave', 'critical')]
    const { now, later } = inGoes({ findings, cleared: new Map([['x', 'over']]) }, [finding('x')])
    expect(now.findings).toHaveLength(100)
    expect(now.findings[0]?.identity).toBe('grave')
    expect([...now.cleared.keys()]).toEqual(['x'])
    expect(later?.findings).toHaveLength(401)
    expect(later?.cleared.size).toBe(0)
    expect(new Set([...now.findings, ...(later?.findings ?? [])])).toEqual(new Set(findings))
  })

  it('looks first at what is open already', () => {
    const findings = many(700)
    const open = findings.slice(300)
    const { now, later } = inGoes({ findings, cleared: new Map() }, open)
    expect(now.findings).toHaveLength(500)
    expect(later?.findings).toHaveLength(200)
    expect(later?.findings.some((one) => open.includes(one))).toBe(false)
  })

  it('ends what is over in several goes too', () => {
    const open = many(500)
    const cleared = new Map([...open.map(({ identity }) => [identity, 'over'] as const), ['never opened', 'over']])
    const ended: string[] = []
    let goes = 0
    for (let left: ReturnType<typeof inGoes>['later'] = { findings: [], cleared }; left; goes++) {
      const { now, later } = inGoes(left, open)
      ended.push(...now.cleared.keys())
      left = later
    }
    expect(goes).toBe(5)
    expect(ended).toEqual(open.map(({ identity }) => identity))
  })
})
