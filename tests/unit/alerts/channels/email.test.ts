import { afterEach, describe, expect, it } from 'vitest'
import {
  messageAbout,
  nothingEarlier,
  type ChannelContext,
  type Message,
} from '../../../../electron/alerts/channels/channel.ts'
import { email } from '../../../../electron/alerts/channels/email.ts'
import { alert, fired, grouped, hostile, hostileNames } from '../../../contract/channel-stages/messages.ts'
import { certificateFor, startSmtp, type SmtpEmulator } from '../../../emulators/smtp.ts'
import { createTestSystem } from '../../../fakes/system.ts'

const now = Date.UTC(2026, 10, 18, 15, 20)
const system = createTestSystem({ clock: { now: () => now, after: () => () => undefined } })
const running: SmtpEmulator[] = []

afterEach(async () => {
  for (const emulator of running.splice(0)) await emulator.stop()
})

async function open(
  server: Parameters<typeof startSmtp>[0] = {},
  options: Record<string, string> = {},
): Promise<{ emulator: SmtpEmulator; context: ChannelContext }> {
  const emulator = await startSmtp(server)
  running.push(emulator)
  const context = {
    secret: emulator.password,
    baseUrl: null,
    options: {
      host: emulator.host,
      port: `${emulator.port}`,
      from: 'alerts@example.com',
      to: 'oncall@example.com',
      username: emulator.username,
      security: server.security ?? 'starttls',
      ca: emulator.certificate,
      ...options,
    },
    system,
  }
  return { emulator, context }
}

const send = (context: ChannelContext, message: Message = fired, receipt: string | null = null) =>
  email.send(context, message, { ...nothingEarlier, receipt })

describe('a mail', () => {
  it('says what a machine wrote it, and that it matters', async () => {
    const { emulator, context } = await open()
    await send(context)
    const [mail] = emulator.mails
    const headers = ['from', 'to', 'subject', 'auto-submitted', 'importance', 'x-priority', 'date']
    expect(headers.map((name) => mail?.header(name))).toEqual([
      'API Spend Guard <alerts@example.com>',
      'oncall@example.com',
      'project web: budget threshold crossed',
      'auto-generated',
      'High',
      '1 (Highest)',
      'Wed, 18 Nov 2026 15:20:00 +0000',
    ])
    await send(context, messageAbout(alert, 'resolved'))
    expect(emulator.mails[1]?.header('importance')).toBeUndefined()
  })

  it('answers the first about its alert, and keeps its id when it is repeated', async () => {
    const { emulator, context } = await open()
    const first = await send(context)
    await send(context)
    const receipt = first.delivered ? first.receipt : null
    const second = await send(context, messageAbout(alert, 'grew', 'delivery-2'), receipt)
    await send(context, messageAbout(alert, 'resolved', 'delivery-3'), second.delivered ? second.receipt : null)
    await send(context, messageAbout(alert, 'fired', 'delivery-4'), receipt)
    const ids = emulator.mails.map((mail) => mail.header('message-id'))
    expect(ids[0]).toBe(receipt)
    expect(ids[0]).toMatch(/^<[\da-f]{32}@example\.com>$/)
    expect(ids[1]).toBe(ids[0])
    expect(new Set(ids).size).toBe(4)
    const answers = emulator.mails.map((mail) => [mail.header('in-reply-to'), mail.header('references')])
    expect(answers).toEqual([[], [], [receipt, receipt], [receipt, receipt], []].map(([a, b]) => [a, b]))
  })

  it('goes to everybody named, at once', async () => {
    const { emulator, context } = await open({}, { to: 'a@example.com, b@example.org,' })
    await send(context)
    expect(emulator.mails.map((mail) => mail.recipients)).toEqual([['a@example.com', 'b@example.org']])
  })

  it('has the same words as text and as HTML, and loads nothing', () => {
    const { text, html } = email.render(grouped)
    for (const { url } of grouped.actions) {
      expect(text).toContain(`\n${url}\n`)
      expect(html).toContain(`href="${url}"`)
    }
    expect(html).not.toMatch(/<(img|link|script|iframe|style)|url\(|[\s"]src=/)
    expect(html.match(/https?:/g)).toHaveLength(grouped.actions.length)
    expect(html).not.toMatch(/[^-]color:|background/)
  })

  it.each([
    ['a line break and a header', 'x\r\nBcc: evil@example.com\r\n\r\nbody'],
    ['a lone line feed', 'x\nX-Evil: 1'],
    ['an encoded word', '=?utf-8?Q?x=0D=0ABcc:_evil@example.com?='],
    ['separators of Unicode', 'x\u2028Bcc: evil@example.com\u2029\u0085Bcc: evil@example.com'],
    ['an end of the mail', 'x\r\n.\r\nMAIL FROM:<evil@example.com>\r\n.\r\n'],
    ['an endless name', `${'y'.repeat(2_000)}\r\nBcc: evil@example.com`],
  ])('cannot be made to say more in its headers: %s', async (_what, name) => {
    const { emulator, context } = await open()
    const one = { ...hostile(name), scopeLabel: name }
    expect(await send(context, messageAbout(one, 'fired', name))).toMatchObject({ delivered: true })
    expect(emulator.mails).toHaveLength(1)
    const [mail] = emulator.mails
    const head = mail?.raw.slice(0, mail.raw.indexOf('\r\n\r\n')) ?? ''
    expect(head).not.toMatch(/^(bcc|x-evil):/im)
    expect(mail?.recipients).toEqual(['oncall@example.com'])
    expect(mail?.subject).not.toMatch(/[\r\n\u2028\u2029]/)
    expect(mail?.subject.length).toBeLessThanOrEqual(150)
  })

  it.each(hostileNames)('shows names as they are and links to none of them (%#)', (name) => {
    const { html, text } = email.render(
      messageAbout(hostile(`${name} https://evil.example/?a=1 www.evil.example`), 'fired'),
    )
    for (const said of [html, text]) {
      expect(said).not.toMatch(/https:\/\/evil|www\.evil/)
      expect(said.isWellFormed()).toBe(true)
      expect(said).not.toMatch(/[\u202A-\u202E]/)
    }
  })

  it('takes no markup from a name', () => {
    const { html } = email.render(messageAbout(hostile('<img src=x onerror="a">&amp;\'</td>'), 'fired'))
    expect(html).not.toContain('<img')
    expect(html).toContain('&#60;img src=x onerror=&#34;a&#34;&#62;&#38;amp;&#39;&#60;/td&#62;')
  })
})

describe('a mail server', () => {
  it.each(['tls', 'starttls'] as const)('is spoken to with %s, and gets the password only then', async (security) => {
    const { emulator, context } = await open({ security })
    expect(await send(context)).toMatchObject({ delivered: true })
    expect(emulator.logins).toEqual([{ username: emulator.username, secure: true }])
  })

  it('on this computer may do without encryption and login', async () => {
    const { emulator, context } = await open({ security: 'none', open: true }, { username: '', ca: '' })
    expect(await send({ ...context, secret: null })).toMatchObject({ delivered: true })
    expect(emulator.logins).toEqual([])
  })

  it('that offers no STARTTLS gets neither password nor mail', async () => {
    const { emulator, context } = await open({ security: 'none' }, { security: 'starttls' })
    expect(await send(context)).toMatchObject({ next: 'retry', failure: { kind: 'refused-host' } })
    expect(emulator.logins).toEqual([])
    expect(emulator.mails).toEqual([])
  })

  it('that does not begin with TLS is told from one that does', async () => {
    const { context } = await open({ security: 'starttls' }, { security: 'tls' })
    const outcome = await send(context)
    expect(outcome).toMatchObject({ next: 'retry', failure: { kind: 'unexpected-response' } })
    expect(JSON.stringify(outcome)).toContain('set the option security to starttls')
  })

  it.each([
    ['is not trusted', {}, { ca: '' }, 'give its certificate in the option ca'],
    ['is for another name', { certificate: certificateFor('mail.example.org') }, {}, 'Check the option host'],
    ['is out of date', { certificate: certificateFor('localhost', 30) }, {}, 'out of date'],
  ] as const)('whose certificate %s gets nothing', async (_what, server, options, words) => {
    for (const security of ['tls', 'starttls'] as const) {
      const certificate = 'certificate' in server ? { certificate: await server.certificate } : {}
      const { emulator, context } = await open({ security, ...certificate }, options)
      const outcome = await send(context)
      expect(outcome).toMatchObject({ next: 'retry', failure: { kind: 'refused-host' } })
      expect(JSON.stringify(outcome)).toContain(words)
      expect(emulator.logins).toEqual([])
    }
  })

  it('that refuses the login is gone until somebody mends it', async () => {
    const { emulator, context } = await open()
    emulator.changePassword()
    const outcome = await send(context)
    expect(outcome).toMatchObject({ next: 'gone', failure: { kind: 'channel-gone', status: 535 } })
    expect(JSON.stringify(outcome)).toContain('app password')
    expect(JSON.stringify(outcome)).not.toMatch(/alerts@|emulated/)
  })

  it('that wants a login is gone where there is none', async () => {
    const { context } = await open({}, { username: '' })
    expect(await send({ ...context, secret: null })).toMatchObject({ next: 'gone', failure: { status: 530 } })
  })

  it.each([
    ['login', 454, '4.7.0 Temporary authentication failure', 'retry', 'rate-limited'],
    ['greeting', 421, '4.3.2 Too busy', 'retry', 'rate-limited'],
    ['sender', 452, '4.3.1 Insufficient system storage', 'retry', 'provider-down'],
    ['recipient', 450, '4.2.1 Mailbox busy', 'retry', 'rate-limited'],
    ['recipient', 452, '4.2.2 Mailbox full', 'retry', 'provider-down'],
    ['mail', 451, '4.7.1 Try again later', 'retry', 'rate-limited'],
    ['greeting', 554, '5.7.1 Go away', 'give-up', 'channel-rejected'],
    ['sender', 553, '5.7.1 Not your address', 'give-up', 'channel-rejected'],
    ['recipient', 550, '5.1.1 No such user', 'give-up', 'channel-rejected'],
    ['mail', 552, '5.3.4 Too big', 'give-up', 'channel-rejected'],
  ] as const)('is understood when it answers the %s with %i %s', async (step, reply, text, next, kind) => {
    const { emulator, context } = await open()
    emulator.next({ step, reply, text: `${text} emulated-app-password` })
    const outcome = await send(context)
    expect(outcome).toMatchObject({ next, failure: { kind, status: reply } })
    expect(JSON.stringify(outcome)).toContain(`${reply} (${text.slice(0, 5)})`)
    expect(JSON.stringify(outcome)).not.toContain('emulated')
    expect(await send(context)).toMatchObject({ delivered: true })
  })

  it('that refuses one of several recipients has delivered to the others; a test says who was refused', async () => {
    const { emulator, context } = await open({}, { to: 'a@example.com,left@example.com' })
    emulator.next({ step: 'recipient', reply: 550, text: '5.1.1 No such user', recipient: 'left@example.com' })
    expect(await send(context)).toMatchObject({ delivered: true })
    expect(await send(context, messageAbout(alert, 'test'))).toMatchObject({
      next: 'give-up',
      failure: {
        message: 'Delivered to 1 of 2: the mail server refused left@example.com with 550. Check the option to.',
      },
    })
    expect(emulator.mails.map((mail) => mail.recipients)).toEqual([['a@example.com'], ['a@example.com']])
  })

  it('gets a connection of its own for each mail, which is closed afterwards', async () => {
    const { emulator, context } = await open()
    await send(context)
    await send(context)
    expect(emulator.connections()).toBe(2)
    // Closing waits for open connections.
    await running.pop()?.stop()
  })
})

describe('what is wrong with an entry', () => {
  const entry = (options: Record<string, string>, secret: string | null = 'hunter2') => ({
    secret,
    baseUrl: null,
    options: {
      host: 'smtp.example.com',
      from: 'a@example.com',
      to: 'b@example.com',
      username: 'a@example.com',
      ...options,
    },
  })

  it('is nothing where nothing is', () => {
    for (const options of [{}, { security: 'starttls' }, { host: '192.0.2.1' }, { host: '::1', security: 'none' }])
      expect(email.refuse(entry(options))).toBeNull()
  })

  it.each([
    [{ security: 'none' }, 'this computer only'],
    [{ security: 'none', host: 'localhost.example.com' }, 'this computer only'],
    [{ host: 'smtp://example.com' }, 'option host'],
    [{ host: 'smtp.example.com:465' }, 'option host'],
    [{ from: 'Guard <a@example.com>' }, 'option from'],
    [{ from: 'a@example.com\r\nBcc: c@example.com' }, 'option from'],
    [{ to: 'a@example.com b@example.com' }, 'option to'],
    [{ to: ', ,' }, 'option to'],
    [{ to: Array.from({ length: 21 }, (_, nth) => `a${nth}@example.com`).join() }, 'option to'],
    [{ username: 'a\nb' }, 'option username'],
    [{ username: '' }, 'no username'],
    [{ ca: 'mail.pem' }, 'option ca'],
  ])('is said of %j', (options, words) => {
    expect(email.refuse(entry(options))).toContain(words)
  })

  it('is said of a username without a password, and of a base URL', () => {
    expect(email.refuse(entry({}, ''))).toContain('no password')
    expect(email.refuse({ ...entry({}), baseUrl: 'https://proxy.example' })).toContain('options host and port')
  })
})
