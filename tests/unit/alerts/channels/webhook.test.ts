import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageAbout, nothingEarlier, type ChannelContext } from '../../../../electron/alerts/channels/channel.ts'
import { sign, webhook } from '../../../../electron/alerts/channels/webhook.ts'
import { alert, fired, grouped, hostile, hostileNames } from '../../../contract/channel-stages/messages.ts'
import { startWebhook, type WebhookReceiver } from '../../../emulators/webhook.ts'
import { createTestSystem } from '../../../fakes/system.ts'

const docs = readFileSync(new URL('../../../../docs/channels/webhook.md', import.meta.url), 'utf8')
const codeIn = (language: string) => new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'ms').exec(docs)?.[1] ?? ''

const system = createTestSystem()
let receiver: WebhookReceiver
let context: ChannelContext

beforeEach(async () => {
  receiver = await startWebhook()
  context = { secret: receiver.secret, baseUrl: null, options: { url: receiver.receiverUrl }, system }
})
afterEach(() => receiver.stop())

describe('the webhook channel', () => {
  it('names a message the same at every attempt, and each attempt by its time', async () => {
    receiver.fail({ times: 1, answer: { status: 500 } })
    const nowMs = system.clock.now()
    expect(await webhook.send(context, fired, nothingEarlier)).toMatchObject({ next: 'retry' })
    await webhook.send(context, fired, nothingEarlier)
    await webhook.send(context, { ...fired, key: '18' }, nothingEarlier)
    expect(receiver.received.map(({ id }) => id)).toEqual(['delivery-1', '18'])
    expect(receiver.received[0]!.timestamp).toBeGreaterThanOrEqual(Math.floor(nowMs / 1_000))
  })

  it('signs as the libraries of the specification do', () => {
    // The vector that the libraries of standard-webhooks share, checked 2026-11-25.
    const signature = sign(
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}',
    )
    expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })

  it.each([
    [410, 'gone', 'channel-gone'],
    [307, 'give-up', 'channel-rejected'],
    [400, 'give-up', 'channel-rejected'],
    [401, 'give-up', 'channel-rejected'],
    [404, 'give-up', 'channel-rejected'],
    [408, 'retry', 'provider-down'],
    [425, 'retry', 'provider-down'],
    [429, 'retry', 'rate-limited'],
    [500, 'retry', 'provider-down'],
    [504, 'retry', 'provider-down'],
  ] as const)('takes %i for what HTTP says it means', async (status, next, kind) => {
    const other = await startWebhook()
    receiver.fail({ times: 1, answer: { status, text: '', headers: { location: other.receiverUrl } } })
    expect(await webhook.send(context, fired, nothingEarlier)).toMatchObject({ next, failure: { kind, status } })
    expect(other.asked).toEqual([])
    await other.stop()
  })

  it('waits as long as a receiver that is closed for a while says', async () => {
    const clock = { now: () => 1_000_000, after: () => () => undefined }
    receiver.fail({ times: 1, answer: { status: 503, text: '', headers: { 'retry-after': '120' } } })
    expect(await webhook.send({ ...context, system: { ...system, clock } }, fired, nothingEarlier)).toMatchObject({
      failure: { kind: 'provider-down', retryAtMs: 1_120_000 },
    })
  })

  it('says where it may go and what it is signed with, without repeating either', () => {
    const refuse = (url: string, secret = receiver.secret) =>
      webhook.refuse({ secret, baseUrl: null, options: { url } })
    for (const url of ['https://example.com/hook', 'http://127.0.0.1:8080/hook', 'http://localhost/x'])
      expect(refuse(url)).toBeNull()
    for (const url of [
      'example.com/hook',
      'http://example.com/secret',
      'https://me:pass@example.com',
      'ftp://x/y',
      '',
    ]) {
      expect(refuse(url)).toMatch(/address/)
      expect(refuse(url)).not.toMatch(/secret|pass@/)
    }
    for (const secret of ['correct-horse-battery', `whsec_${'A'.repeat(32)}`])
      expect(refuse('https://example.com', secret)).toBeNull()
    for (const secret of ['fifteen-letters', `whsec_${'A'.repeat(31)}`, `whsec_${'A'.repeat(88)}`])
      expect(refuse('https://example.com', secret)).not.toBeNull()
  })

  it.each(hostileNames)('keeps a message small enough to be taken (%#)', async (name) => {
    await webhook.send(context, { ...grouped, alerts: [hostile(name), ...grouped.alerts] }, nothingEarlier)
    await webhook.send(context, messageAbout(hostile(name), 'resolved'), nothingEarlier)
    expect(receiver.received).toHaveLength(2)
    for (const { body } of receiver.received) {
      expect(body.length).toBeLessThan(50_000)
      expect(body.isWellFormed()).toBe(true)
    }
  })
})

describe('the documentation of the webhook', () => {
  it('shows a message as it is sent', () => {
    expect(JSON.parse(codeIn('json'))).toEqual(JSON.parse(JSON.stringify(webhook.render({ ...fired, actions: [] }))))
  })

  it('tells of every field', () => {
    const { data, ...top } = webhook.render(fired)
    const { alerts, ...rest } = data
    for (const field of [...Object.keys(top), 'alerts', ...Object.keys(rest), ...Object.keys(alerts[0]!)])
      expect(docs).toContain(`\`${field}\``)
  })

  const folder = mkdtempSync(path.join(tmpdir(), 'spend-guard-docs-'))
  const verifiers = [
    {
      language: 'js',
      command: process.execPath,
      file: 'verify.mjs',
      rest: `
        import { readFileSync } from 'node:fs'
        const { secret, headers, body } = JSON.parse(readFileSync(0, 'utf8'))
        console.log(verify(secret, headers, Buffer.from(body)).data.title)`,
    },
    {
      language: 'python',
      command: 'python3',
      file: 'verify.py',
      rest: `
import sys
given = json.load(sys.stdin)
print(verify(given["secret"], given["headers"], given["body"].encode())["data"]["title"])
`,
    },
  ]
  const isThere = (command: string) => spawnSync(command, ['--version']).status === 0

  describe.each(verifiers.filter(({ command }) => isThere(command)))(
    'has code in $language that',
    ({ language, command, file, rest }) => {
      const script = path.join(folder, file)
      writeFileSync(script, codeIn(language) + rest)
      const verify = (given: { secret: string; headers: Record<string, string>; body: string }) =>
        spawnSync(command, [script], { input: JSON.stringify(given), encoding: 'utf8', env: { PYTHONUTF8: '1' } })

      it.each([undefined, 'correct-horse-battery-staple'])(
        'takes what we send, and nothing that somebody changed (secret %s)',
        async (own) => {
          const secret = own ?? receiver.secret
          const headers: Record<string, string> = {}
          let body = ''
          const fetch: typeof globalThis.fetch = async (_input, init) => {
            Object.assign(headers, init!.headers)
            body = init!.body as string
            return new Response('', { status: 200 })
          }
          const clock = { now: () => Date.now(), after: () => () => undefined }
          const message = messageAbout({ ...alert, scopeLabel: 'projet été 💸' }, 'fired')
          await webhook.send({ ...context, secret, system: { ...system, fetch, clock } }, message, nothingEarlier)
          expect(verify({ secret, headers, body }).stdout.trim()).toBe('projet été 💸: budget threshold crossed')
          const old = String(Number(headers['webhook-timestamp']) - 400)
          for (const changed of [
            { secret, headers, body: body.replace('120.5', '1.5') },
            { secret: `${secret.slice(0, -4)}AAA=`, headers, body },
            { secret, headers: { ...headers, 'webhook-id': 'other' }, body },
          ])
            expect(verify(changed)).toMatchObject({
              status: 1,
              stderr: expect.stringMatching(/wrong signature/) as string,
            })
          expect(verify({ secret, headers: { ...headers, 'webhook-timestamp': old }, body }).stderr).toMatch(/too old/)
        },
      )
    },
  )
})
