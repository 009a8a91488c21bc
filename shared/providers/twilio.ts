import type { ProviderFacts } from './facts.ts'

export const twilio = {
  label: 'Twilio',
  key: {
    name: 'API key',
    hint: 'SK…:secret',
    url: 'https://console.twilio.com/us1/account/keys-credentials/api-keys',
    help: 'Create a Restricted API key with the permission /twilio/billing/usage/read and nothing else. Enter its SID and its secret with a colon between.',
  },
  billingUrl: 'https://console.twilio.com/us1/billing/manage-billing/billing-overview',
  stopHelp: 'Revoke the key or suspend the sub-account, and block countries you do not send to in Geo Permissions.',
  stopUrl: 'https://console.twilio.com/us1/develop/sms/settings/geo-permissions',
  limitUrl: 'https://console.twilio.com/us1/billing/usage-triggers',
  options: {
    account_sid: {
      label: 'Account SID (AC…)',
      hint: 'On the first page of the Console.',
      required: true,
    },
    subaccounts: {
      label: 'Sub-accounts',
      hint: 'Each by itself needs the Auth Token of the main account; a key of the main account does not reach them.',
      choices: { together: 'Together, by kind of usage', each: 'Each by itself, as a project' },
    },
    low_balance: {
      label: 'Tell when the balance is below',
      tells: true,
      hint: 'In the currency of the account. Without it you are told when the balance would not last another day.',
      amount: true,
    },
  },
} as const satisfies ProviderFacts
