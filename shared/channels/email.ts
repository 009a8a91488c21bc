import type { ChannelFacts } from './facts.ts'

export const email = {
  label: 'E-mail',
  secret: { name: 'SMTP password', hint: 'often an app password', optional: true },
  help: 'Through the SMTP server of your mail provider. Many, Gmail and Fastmail among them, want an app password instead of that of the mailbox.',
  options: {
    host: { label: 'SMTP server', hint: 'smtp.example.com', required: true, leadsTo: true },
    from: { label: 'Sender, an address of that mailbox', hint: 'alerts@example.com', required: true },
    to: { label: 'Recipients, separated by commas', hint: 'you@example.com, oncall@example.com', required: true },
    username: { label: 'Username, often the address; without one nobody logs in' },
    security: {
      label: 'Encryption (tls unless given)',
      choices: {
        tls: 'TLS from the first byte, port 465',
        starttls: 'STARTTLS, required, port 587',
        none: 'None, port 25; only for a server on this computer',
      },
    },
    port: { label: 'Port, where it is not the usual one', count: { least: 1, most: 65_535 } },
    ca: {
      label: 'Certificate to trust instead of the public ones, for a server with one of its own (PEM)',
      hint: 'That of the server, or of the authority that signed it.',
      document: { example: '-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----' },
    },
  },
} as const satisfies ChannelFacts
