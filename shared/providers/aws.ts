import type { ProviderFacts } from './facts.ts'

export const aws = {
  label: 'AWS',
  key: {
    name: 'Access key',
    hint: 'AKIA…:secret access key',
    begins: ['AKIA'],
    url: 'https://console.aws.amazon.com/iam/home#/users',
    help: 'Create an IAM user that may do ce:GetCostAndUsage and nothing else (for Bedrock by the minute also cloudwatch:ListMetrics and cloudwatch:GetMetricData), and an access key for it. Enter ID and secret as one line with a colon between.',
  },
  billingUrl: 'https://console.aws.amazon.com/costmanagement/home#/cost-explorer',
  stopHelp: 'Deactivate the access key that spends under IAM, or attach a policy that denies bedrock:Invoke*.',
  stopUrl: 'https://console.aws.amazon.com/iam/home#/users',
  options: {
    regions: {
      label: 'Watch Bedrock by the minute in these regions (comma-separated); the account is then about Bedrock alone',
      hint: 'us-east-1,eu-central-1',
    },
    bill: {
      label: 'Which part of the bill',
      choices: { all: 'All of it', bedrock: 'Bedrock alone', rest: 'All but Bedrock' },
    },
    split: {
      label: 'What the bill is divided by',
      choices: { services: 'Services, with credits, refunds and tax apart', accounts: 'Linked accounts' },
    },
    credits: {
      label: 'Credits and refunds',
      choices: { subtract: 'Subtracted, as on the invoice', ignore: 'Left out: what is used, whoever pays' },
    },
    account_ids: { label: 'Read only these linked accounts (comma-separated 12-digit ids)' },
  },
} as const satisfies ProviderFacts
