import { describe, expect, it } from 'vitest'
import { createLogger } from '../../../electron/logging/logger.ts'
import { redact } from '../../../electron/logging/redact.ts'

const secrets = {
  'an OpenAI admin key': 'sk-admin-AbC_dEf-0123456789',
  'an Anthropic admin key': 'sk-ant-admin01-AbC_dEf-0123456789AA',
  'an ordinary key': 'sk-proj-abcdef0123456789',
  'the token of a webhook': 'https://discord.com/api/webhooks/123456789/AbC_dEf-xyz?wait=true',
  'the token of a webhook of a version': 'https://discord.com/api/v10/webhooks/123456789/AbC_dEf-xyz/messages/1',
  'a quoted webhook': 'posting to "https://discord.com/api/webhooks/123456789/AbC_dEf-xyz" failed',
  'a webhook of Slack': 'https://hooks.slack.com/services/T0/B0/AbC_dEf0123456789',
  'a token of Slack': 'slack said no to xoxb-0123456789-AbC_dEf',
  'the signature of a workflow': 'https://x.powerplatform.com/invoke?api-version=1&sig=AbC_dEf-0123456789',
  'a signing secret': 'signed with whsec_abcdef0123+/=',
  'a bearer token': 'authorization: Bearer abc.DEF-123_456~+/=',
  'a header': 'x-api-key: 0123456789abcdef',
  'a quoted field': '{"passphrase":"correct horse"}',
  'a quoted field within a quoted text': JSON.stringify({ message: '{"apiKey": "hunter2hunter2"}' }),
  'a parameter': 'https://example.com/?api_key=hunter2hunter2&x=1',
  'the address of a dashboard': 'http://127.0.0.1:1/#token=AbCdEf012345',
  'a link of a message': 'https://guard.example.com/a/AbC_dEf-0123456789abcdef0123456789AB',
  'an access token of Google': 'signed in with ya29.a0AbC_dEf-0123456789',
  'a refresh token of Google': 'login 1//0gAbC_dEf-0123456789 expired',
  'an API key of Google': 'key AIzaSyAbC_dEf-0123456789',
  'an access token of ntfy': 'refused tk_AbC_dEf0123456789',
  'a private key': '-----BEGIN PRIVATE KEY-----\nMIIabcdef0123+/=\n-----END PRIVATE KEY-----',
  'the token of a bot': 'https://api.telegram.org/bot987654321:AbC_dEf-0123456789-0123456789abcdef/sendMessage',
  'the token of a bot alone': '987654321:AbC_dEf-0123456789-0123456789abcdef',
  'a key of Twilio': 'SKfedcbafedcbafedcbafedcbafedcbafe:hunter2hunter2hunter2',
  'a telephone number': 'SMS to +4915123456789 failed',
}
const parts = /AbC_dEf|abcdef0123|abc\.DEF|0123456789|correct|horse|hunter2|AbCdEf012345|4915123456789|123456789\/AbC/

describe('redaction', () => {
  it.each(Object.entries(secrets))('blots out %s', (_what, text) => {
    expect(redact(text)).toContain('[redacted]')
    expect(redact(text)).not.toMatch(parts)
    expect(redact(`before ${text} between ${text} after`)).not.toMatch(parts)
  })

  it('leaves alone what a person needs to understand a fault', () => {
    const text = '{"event":"poll failed","provider":"openai","kind":"rate-limited","status":429,"tokens":120000}'
    expect(redact(text)).toBe(text)
    expect(redact('risk-taking task-list, 2026-11-18T15:20:00.000Z, +12 %')).toBe(
      'risk-taking task-list, 2026-11-18T15:20:00.000Z, +12 %',
    )
  })

  it('does the same when it is done twice', () => {
    for (const text of Object.values(secrets)) expect(redact(redact(text))).toBe(redact(text))
  })

  it('takes no longer than the text is long', () => {
    const started = performance.now()
    redact('sk-'.repeat(100_000) + 'token='.repeat(50_000) + '/api/v1'.repeat(50_000))
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

describe('the log', () => {
  it('writes one line of JSON per event, whatever is in it, without secrets', () => {
    const lines: string[] = []
    const log = createLogger(
      (line) => lines.push(line),
      () => Date.UTC(2026, 10, 18),
    )
    log.warn('odd\nevent', {
      message: 'line\nbreak "quoted" sk-admin-AbC_dEf-0123456789',
      status: 401,
      none: undefined,
    })
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toContain('\n')
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      at: '2026-11-18T00:00:00.000Z',
      level: 'warn',
      event: 'odd\nevent',
      message: 'line\nbreak "quoted" sk-[redacted]',
      status: 401,
    })
  })

  it('blots out a field by its name', () => {
    const lines: string[] = []
    createLogger(
      (line) => lines.push(line),
      () => 0,
    ).info('x', { token: 'AbC_dEf' })
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ token: '[redacted]' })
  })

  it.each(Object.values(secrets))('stays readable JSON around what was blotted out (%#)', (message) => {
    const lines: string[] = []
    createLogger(
      (line) => lines.push(line),
      () => 0,
    ).error('x', { message, after: 'kept' })
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'x', after: 'kept' })
    expect(lines[0]).not.toMatch(parts)
  })
})
