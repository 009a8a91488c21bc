import type { AccountRow } from '../../electron/storage/accounts.ts'

/** An account as it is stored, of OpenAI and without anything special unless that is asked for. */
export function accountRow(change: Partial<AccountRow> = {}): AccountRow {
  return {
    id: 'a',
    provider: 'openai',
    label: 'A',
    workspace: null,
    baseUrl: null,
    options: {},
    secretName: 's',
    pausedReason: null,
    createdAtMs: 0,
    ...change,
  }
}
