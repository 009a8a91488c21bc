import type { ChannelFacts } from './facts.ts'

export const sms = {
  label: 'SMS (Twilio)',
  secret: { name: 'API key or Auth Token', hint: 'SK…:secret, AC…:auth token, or the Auth Token alone' },
  help: 'In the Twilio Console: Account, API keys, a Restricted key that may create and read messages. Numbers of the USA and Canada must belong to an approved A2P 10DLC campaign (toll-free ones be verified) first: without it nothing arrives.',
  costly: true,
  options: {
    to: { label: 'Number that is told', hint: '+14155550123', required: true },
    account_sid: { label: 'Account SID; needed unless the secret begins with AC', hint: 'AC…' },
    from: { label: 'Sender: a Twilio number of yours, a short code or a name', hint: '+14155550100' },
    messaging_service_sid: { label: 'Messaging Service, in place of a sender', hint: 'MG…' },
    daily_cap: { label: 'Messages a day at most; 10 when left out', hint: '10', count: { least: 1, most: 100 } },
  },
} as const satisfies ChannelFacts
