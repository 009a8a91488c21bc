/** What people announced, and what they accepted. */
export const plans = `
-- Up to so much a day was announced; days are those of the zone, both ends part of it. Kept when over: it explains the past.
CREATE TABLE plans (
  id TEXT PRIMARY KEY,
  scope TEXT NOT NULL,
  limit_nanos INTEGER NOT NULL,
  currency TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  zone TEXT NOT NULL,
  note TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;

-- "This is the new normal", and how much the hour before cost. Kept, so that a watch made anew learns it again.
CREATE TABLE new_normals (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  currency TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  hour_nanos INTEGER NOT NULL,
  PRIMARY KEY (account_id, currency, at_ms)
) STRICT, WITHOUT ROWID;
`
