import { describe, expect, it } from 'vitest'
import { createProgram } from '../../../electron/cli/program.ts'
import type { Terminal } from '../../../electron/cli/terminal.ts'
import { pageUrl, providerFacts, providerIds } from '../../../shared/providers.ts'

async function told(json: boolean, ...args: string[]): Promise<string> {
  const said: string[] = []
  const terminal: Terminal = {
    json,
    print: (text) => void said.push(text),
    note: () => undefined,
    complain: () => undefined,
    exitCode: 0,
  }
  await createProgram(terminal).parseAsync(['providers', ...args], { from: 'user' })
  return said.join('\n')
}

describe('spend-guard providers', () => {
  it('names everybody who can be watched, and what an account cannot do without', async () => {
    const lines = (await told(false)).split('\n')
    for (const id of providerIds) expect(lines.some((line) => line.startsWith(`${id} `))).toBe(true)
    expect(lines.find((line) => line.startsWith('twilio'))).toMatch(/API key +account_sid$/)
    expect(lines.find((line) => line.startsWith('focus'))).toMatch(/none$/)
  })

  it('tells of one which key it wants, where that is made, and every option', async () => {
    const text = await told(false, 'gcp')
    const { key, options } = providerFacts('gcp')
    for (const words of [key?.help, pageUrl('gcp', 'key'), 'table (needed)', 'One of: gcloud, machine'])
      expect(text).toContain(words)
    for (const name of Object.keys(options)) expect(text).toContain(`  ${name}`)
  })

  it('says the same as JSON', async () => {
    const all = JSON.parse(await told(true)) as { id: string }[]
    expect(all.map(({ id }) => id)).toEqual(providerIds)
    expect(JSON.parse(await told(true, 'openai'))).toMatchObject({ id: 'openai', label: 'OpenAI' })
  })
})
