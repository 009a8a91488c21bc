import { createServer, connect, type AddressInfo, type Socket } from 'node:net'
import { simpleParser, type ParsedMail } from 'mailparser'
import { generate } from 'selfsigned'
import { SMTPServer } from 'smtp-server'

export interface SmtpMail {
  /** Those who got it, which need not be those it names. */
  recipients: string[]
  raw: string
  subject: string
  text: string
  html: string
  /** By lower-case name, as one line. */
  header(name: string): string | undefined
}

/** Where a server says no. */
export type SmtpStep = 'greeting' | 'login' | 'sender' | 'recipient' | 'mail'

export type SmtpTrouble =
  | { step: SmtpStep; reply: number; text: string; /** Only this recipient, and from now on. */ recipient?: string }
  | 'hang'
  | 'reset'
  /** In place of the greeting. */
  | { garbage: string }

export interface SmtpEmulator {
  host: string
  port: number
  username: string
  password: string
  /** Made for this run, for 127.0.0.1 and localhost. */
  certificate: string
  mails: SmtpMail[]
  /** Who tried to log in, and whether that went encrypted. */
  logins: { username: string; secure: boolean }[]
  connections(): number
  next(trouble: SmtpTrouble): void
  changePassword(): void
  stop(): Promise<void>
}

/** Made once a run, and good for an hour. */
const certified = new Map<string, Promise<{ private: string; cert: string }>>()

export function certificateFor(name: string, daysAgo = 0): Promise<{ private: string; cert: string }> {
  const which = `${name} ${daysAgo}`
  const known = certified.get(which) ?? makeCertificate(name, daysAgo)
  certified.set(which, known)
  return known
}

async function makeCertificate(name: string, daysAgo: number): Promise<{ private: string; cert: string }> {
  const dayMs = 86_400_000
  const notBeforeDate = new Date(Date.now() - daysAgo * dayMs - dayMs / 24)
  return generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate,
    notAfterDate: new Date(notBeforeDate.getTime() + dayMs / 12),
    extensions: [
      {
        name: 'subjectAltName',
        altNames:
          name === 'localhost'
            ? [
                { type: 2, value: name },
                { type: 7, ip: '127.0.0.1' },
              ]
            : [{ type: 2, value: name }],
      },
    ],
  })
}

/**
 * A real SMTP server on this computer, with a login, and a front before it that can break the conversation off. It
 * keeps every mail it took.
 */
export async function startSmtp(
  options: {
    security?: 'tls' | 'starttls' | 'none'
    /** It takes mail from anybody. */
    open?: boolean
    certificate?: { private: string; cert: string }
  } = {},
): Promise<SmtpEmulator> {
  const { security = 'starttls', open = false } = options
  const certificate = options.certificate ?? (await certificateFor('localhost'))
  const login = { username: 'alerts@example.com', password: 'emulated-app-password' }
  const mails: SmtpMail[] = []
  const logins: SmtpEmulator['logins'] = []
  const troubles: SmtpTrouble[] = []
  let connections = 0

  const take = (step: SmtpStep, recipient?: string): Error | null => {
    const at = troubles.findIndex(
      (one) =>
        typeof one === 'object' && 'step' in one && one.step === step && (one.recipient ?? recipient) === recipient,
    )
    const trouble = troubles[at]
    if (typeof trouble !== 'object' || !('step' in trouble)) return null
    if (trouble.recipient === undefined) troubles.splice(at, 1)
    return Object.assign(new Error(trouble.text), { responseCode: trouble.reply })
  }

  const server = new SMTPServer({
    secure: security === 'tls',
    key: certificate.private,
    cert: certificate.cert,
    logger: false,
    authOptional: open,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    disabledCommands: security === 'starttls' ? [] : ['STARTTLS'],
    size: 1_000_000,
    onConnect: (_session, done) => done(take('greeting')),
    onAuth({ username = '', password }, session, done) {
      logins.push({ username, secure: session.secure })
      const refused = take('login')
      if (refused) return done(refused)
      if (username === login.username && password === login.password) return done(null, { user: username })
      // As Gmail says it, quoting who came.
      const text = `5.7.8 Username and Password not accepted for ${username} ${password}`
      done(Object.assign(new Error(text), { responseCode: 535 }))
    },
    onMailFrom: (_address, _session, done) => done(take('sender')),
    onRcptTo: ({ address }, _session, done) => done(take('recipient', address)),
    onData(stream, session, done) {
      void (async () => {
        const parts: Buffer[] = []
        for await (const part of stream) parts.push(part as Buffer)
        const refused = take('mail')
        if (refused) return done(refused)
        const raw = Buffer.concat(parts).toString('utf8')
        mails.push(
          mailOf(
            raw,
            session.envelope.rcptTo.map(({ address }) => address),
            await simpleParser(raw),
          ),
        )
        done(null, '2.0.0 Ok: queued')
      })()
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: innerPort } = server.server.address() as AddressInfo

  const sockets = new Set<Socket>()
  const front = createServer((socket) => {
    connections++
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)))
    const at = troubles.findIndex((one) => typeof one === 'string' || 'garbage' in one)
    const [trouble] = at < 0 ? [] : troubles.splice(at, 1)
    if (trouble === 'hang') return
    if (trouble === 'reset') return void socket.resetAndDestroy()
    if (trouble && 'garbage' in trouble) return void socket.end(`${trouble.garbage}\r\n`)
    const inner = connect(innerPort, '127.0.0.1').on('error', () => socket.destroy())
    socket.on('close', () => inner.destroy())
    socket.pipe(inner).pipe(socket)
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))

  return {
    ...login,
    host: '127.0.0.1',
    port: (front.address() as AddressInfo).port,
    certificate: certificate.cert,
    mails,
    logins,
    connections: () => connections,
    next: (trouble) => void troubles.push(trouble),
    changePassword: () => void (login.password = 'another'),
    async stop() {
      for (const socket of sockets) socket.destroy()
      if (front.listening) await new Promise<void>((resolve) => front.close(() => resolve()))
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function mailOf(raw: string, recipients: string[], parsed: ParsedMail): SmtpMail {
  const lines = new Map(parsed.headerLines.map(({ key, line }) => [key, line]))
  return {
    recipients,
    raw,
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html || '',
    header: (name) =>
      lines
        .get(name)
        ?.replace(/\r?\n\s+/g, ' ')
        .replace(/^[^:]+:\s*/, ''),
  }
}
