/** Prepaid money: what is left, as read last, and when it was topped up. Amounts in nanos of their currency. */
export const balances = `
CREATE TABLE balances (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  currency TEXT NOT NULL,
  read_at_ms INTEGER NOT NULL,
  left_nanos INTEGER NOT NULL,
  PRIMARY KEY (account_id, currency)
) STRICT, WITHOUT ROWID;

CREATE TABLE top_ups (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  currency TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  nanos INTEGER NOT NULL,
  PRIMARY KEY (account_id, currency, at_ms)
) STRICT, WITHOUT ROWID;
`
