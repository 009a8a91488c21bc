import { startSmtp, type SmtpTrouble } from '../../emulators/smtp.ts'
import { everything, type StageOf, type Trouble } from './stage.ts'

const addresses = { from: 'alerts@example.com', to: 'oncall@example.com' }

export const email: StageOf = {
  edits: false,
  answersInForm: true,
  namesWaits: false,
  says: everything,
  wrongSecrets: ['two\nlines', 'null\u0000byte'],
  nowhere: { baseUrl: null, options: { ...addresses, host: 'nowhere.invalid', username: addresses.from } },
  async open() {
    const emulator = await startSmtp()
    const { host, port, username, certificate: ca } = emulator
    return {
      secret: emulator.password,
      options: { ...addresses, host, port: `${port}`, username, security: 'starttls', ca },
      private: ['emulated-app-password'],
      told: () => emulator.mails.map(({ subject, text, html, recipients }) => [{ subject, text, html, recipients }]),
      next: (trouble) => emulator.next(inSmtp(trouble)),
      remove: emulator.changePassword,
      stop: emulator.stop,
    }
  },
}

function inSmtp(trouble: Trouble): SmtpTrouble {
  switch (trouble.kind) {
    case 'refuse':
      return { step: 'mail', reply: 554, text: `5.7.1 Rejected as spam ${trouble.saying ?? ''}` }
    case 'limit':
      return { step: 'sender', reply: 450, text: '4.7.1 Greylisted, come back later' }
    case 'fault':
      return { step: 'mail', reply: 451, text: '4.3.0 Temporary local problem' }
    case 'garbage':
      return { garbage: trouble.text }
    default:
      return trouble.kind
  }
}
