import type { ProviderFacts } from './facts.ts'

/** A manifest to begin with; docs/providers/custom.md explains it line by line. */
const example = `{
  "version": 1,
  "name": "Acme AI",
  "origin": "https://api.acme.example",
  "auth": { "headers": { "authorization": "Bearer {key}" } },
  "feeds": [
    {
      "id": "costs",
      "reads": "spend",
      "plane": "billed",
      "width": "day",
      "lateByMinutes": 240,
      "request": {
        "path": "/v1/costs",
        "query": { "from": "{from:date}", "to": "{to:date}" }
      },
      "pages": { "kind": "cursor", "parameter": "page", "next": "next_page" },
      "rows": "data",
      "start": "date",
      "amount": "cost",
      "currency": { "fixed": "USD" },
      "model": "model",
      "project": "project.name"
    }
  ]
}`

/** Nobody knows whose it is, so its pages are the one about it. */
const page = 'https://github.com/api-spend-guard/api-spend-guard/blob/main/docs/providers/custom.md'

export const custom = {
  label: 'Another JSON API',
  key: {
    name: 'API key',
    hint: 'secret, or part:part',
    help: 'For a vendor that is not in the list, and has an API that answers JSON. Create a key there that can only read. The manifest says where it goes: to its one origin and nowhere else.',
    optional: true,
  },
  billingUrl: page,
  stopHelp: 'Revoke the key that spends, or lower its limit, on the pages of that vendor.',
  stopUrl: page,
  options: {
    manifest: {
      label: 'Manifest: how the API is read',
      hint: 'JSON; docs/providers/custom.md has every field and real examples. It holds no secret: {key} stands for the key.',
      required: true,
      document: { example },
    },
    low_balance: {
      label: 'Tell when the balance is below',
      tells: true,
      hint: 'In its own currency. Without it you are told when the balance would not last another day.',
      amount: true,
    },
  },
  tryIt: true,
} as const satisfies ProviderFacts
