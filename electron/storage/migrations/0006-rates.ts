/** What one currency is worth in another: as published, as a person set it, and when it was last asked for. */
export const rates = `
-- Units of a currency for one euro, as published on a day. Held: moved too far to be believed, and not used.
CREATE TABLE rates (
  currency TEXT NOT NULL,
  day TEXT NOT NULL,
  per_euro TEXT NOT NULL,
  held INTEGER NOT NULL,
  PRIMARY KEY (currency, day)
) STRICT, WITHOUT ROWID;

-- What one unit of base is worth in quote from a day on, until the next one of the pair.
CREATE TABLE manual_rates (
  base TEXT NOT NULL,
  quote TEXT NOT NULL,
  from_day TEXT NOT NULL,
  rate TEXT NOT NULL,
  PRIMARY KEY (base, quote, from_day)
) STRICT, WITHOUT ROWID;

-- One row: when rates were last read, last tried, and what went wrong then.
CREATE TABLE rate_reading (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  read_at_ms INTEGER,
  tried_at_ms INTEGER NOT NULL,
  failure TEXT
) STRICT;
`
