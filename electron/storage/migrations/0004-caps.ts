/** Limits at the providers themselves, as they were read last: a CapReading of caps.ts as JSON. */
export const caps = `
CREATE TABLE caps (
  account_id TEXT PRIMARY KEY REFERENCES accounts (id),
  checked_at_ms INTEGER NOT NULL,
  answer TEXT NOT NULL
) STRICT;
`
