import { dayMs, hourMs } from '../../../shared/time.ts'
import { awsKey, awsRegion, startAws } from '../../emulators/aws.ts'
import { stageNowMs, steadyWorld } from './steady-world.ts'
import type { Stage } from './stage.ts'

/** A minute of Claude Sonnet 5 from within the US: 1,000 tokens at $2.20, 4,000 at $0.22 and 500 at $11 for a million. */
const minuteNanos = 8_580_000n

export const aws: Stage = {
  nowMs: stageNowMs,
  start: () =>
    startAws(steadyWorld('aws', 'us.anthropic.claude-sonnet-5-v1:0', { input: 2.2, cached: 0.22, output: 11 })),
  key: awsKey,
  // Two regions, of which one is silent; and so Bedrock's part of the bill alone.
  options: { regions: `${awsRegion},eu-central-1` },
  totals: {
    costs: { USD: minuteNanos * BigInt((90 * dayMs + 10 * hourMs) / 60_000) },
    bedrock: { USD: minuteNanos * BigInt((31 * dayMs + 10 * hourMs) / 60_000) },
  },
  refusedKeys: [
    ['AKIAEMULATED01234567', 'secret access key'],
    ['ASIAEMULATED01234567:emulated/secret+access+key0123456789abcd', 'session token'],
    ['ABSKQmVkcm9ja0FQSUtleS0xMjM0', 'Bedrock API key'],
    ['sk-admin-abc', 'AKIA'],
  ],
  unreadable: [
    {
      answer: page([
        { Keys: ['Amazon Bedrock', 'Usage'], Metrics: { UnblendedCost: { Amount: 'a lot', Unit: 'USD' } } },
      ]),
    },
    { answer: page([{ Keys: ['Amazon Bedrock', 'Usage'], Metrics: { UnblendedCost: { Amount: '1', Unit: 'N/A' } } }]) },
    { answer: page([{ Keys: ['Amazon Bedrock', 'Usage'], Metrics: {} }]) },
  ],
  endless: [{ answer: { status: 200, json: { ResultsByTime: [], NextPageToken: 'again' } } }],
  refusals: {
    'credential-rejected': refusal(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ),
    'permission-missing': refusal('AccessDeniedException', 'User: x is not authorized to perform: ce:GetCostAndUsage'),
    'rate-limited': refusal('LimitExceededException', 'You made too many calls in a short period of time.'),
  },
  namesNoWait: true,
}

function page(Groups: unknown[]) {
  return { status: 200, json: { ResultsByTime: [{ TimePeriod: { Start: '2026-11-22', End: '2026-11-23' }, Groups }] } }
}

function refusal(name: string, message: string) {
  return { status: 400, json: { __type: name, message } }
}
