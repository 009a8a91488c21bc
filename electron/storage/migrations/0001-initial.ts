/**
 * Times are UTC. Buckets are named by the second they start at, because 10 million of them are kept; all other times
 * are in milliseconds. Money is integer nanos of the series' currency.
 */
export const initial = `
CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  label TEXT NOT NULL,
  workspace TEXT,
  base_url TEXT,
  options TEXT NOT NULL,
  secret_name TEXT NOT NULL,
  paused_reason TEXT,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;

CREATE TABLE names (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (account_id, kind, id)
) STRICT, WITHOUT ROWID;

-- One endpoint of one account, and how far it has been read.
CREATE TABLE feeds (
  id INTEGER PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  feed TEXT NOT NULL,
  plane TEXT NOT NULL,
  mature_after_ms INTEGER NOT NULL,
  filled_at_ms INTEGER,
  read_at_ms INTEGER,
  deep_read_at_ms INTEGER,
  covered_to_ms INTEGER,
  failure TEXT,
  failures_in_row INTEGER NOT NULL DEFAULT 0,
  UNIQUE (account_id, feed)
) STRICT;

CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  feed_id INTEGER NOT NULL REFERENCES feeds (id),
  fingerprint TEXT NOT NULL,
  currency TEXT NOT NULL,
  model TEXT,
  project TEXT,
  api_key TEXT,
  line_item TEXT,
  tier TEXT,
  pricing TEXT NOT NULL,
  UNIQUE (feed_id, fingerprint)
) STRICT;

CREATE TABLE cost_rows (
  feed_id INTEGER NOT NULL,
  start_s INTEGER NOT NULL,
  width_s INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  cost_nanos INTEGER NOT NULL,
  quantity REAL,
  PRIMARY KEY (feed_id, start_s, width_s, series_id)
) STRICT, WITHOUT ROWID;

-- Roll-ups, kept in the transaction that writes the rows under them.
CREATE TABLE hour_totals (
  hour_s INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  cost_nanos INTEGER NOT NULL,
  quantity REAL NOT NULL,
  lines INTEGER NOT NULL,
  PRIMARY KEY (hour_s, series_id)
) STRICT, WITHOUT ROWID;

-- effective_nanos is the part that counts: all of it where the plane of the series stands for the day, otherwise 0.
CREATE TABLE day_totals (
  day_s INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  cost_nanos INTEGER NOT NULL,
  quantity REAL NOT NULL,
  lines INTEGER NOT NULL,
  effective_nanos INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (day_s, series_id)
) STRICT, WITHOUT ROWID;

-- Sums over day_totals by UTC month, kept by the triggers below.
CREATE TABLE month_totals (
  month_s INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  cost_nanos INTEGER NOT NULL,
  effective_nanos INTEGER NOT NULL,
  PRIMARY KEY (month_s, series_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER day_added AFTER INSERT ON day_totals BEGIN
  INSERT INTO month_totals VALUES (unixepoch(NEW.day_s, 'unixepoch', 'start of month'), NEW.series_id, NEW.cost_nanos, NEW.effective_nanos)
    ON CONFLICT DO UPDATE SET cost_nanos = cost_nanos + excluded.cost_nanos, effective_nanos = effective_nanos + excluded.effective_nanos;
END;
CREATE TRIGGER day_changed AFTER UPDATE OF cost_nanos, effective_nanos ON day_totals BEGIN
  UPDATE month_totals SET cost_nanos = cost_nanos + NEW.cost_nanos - OLD.cost_nanos,
    effective_nanos = effective_nanos + NEW.effective_nanos - OLD.effective_nanos
    WHERE month_s = unixepoch(NEW.day_s, 'unixepoch', 'start of month') AND series_id = NEW.series_id;
END;
CREATE TRIGGER day_removed AFTER DELETE ON day_totals BEGIN
  UPDATE month_totals SET cost_nanos = cost_nanos - OLD.cost_nanos, effective_nanos = effective_nanos - OLD.effective_nanos
    WHERE month_s = unixepoch(OLD.day_s, 'unixepoch', 'start of month') AND series_id = OLD.series_id;
END;

-- stands: this plane is the one that counts for the day. See ledger/effective.ts.
CREATE TABLE plane_days (
  day_s INTEGER NOT NULL,
  account_id TEXT NOT NULL,
  plane TEXT NOT NULL,
  currency TEXT NOT NULL,
  cost_nanos INTEGER NOT NULL,
  stands INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (day_s, account_id, plane, currency)
) STRICT, WITHOUT ROWID;

-- The hourly shape of an account's estimate; it splits billed UTC days where a local day or hour cuts through them.
CREATE TABLE estimate_hours (
  hour_s INTEGER NOT NULL,
  account_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  cost_nanos INTEGER NOT NULL,
  PRIMARY KEY (hour_s, account_id, currency)
) STRICT, WITHOUT ROWID;

-- That a day has been read at all, so that no spend and not known stay apart. Written when it changes what is known.
CREATE TABLE day_readings (
  day_s INTEGER NOT NULL,
  account_id TEXT NOT NULL,
  plane TEXT NOT NULL,
  observed_at_ms INTEGER NOT NULL,
  mature INTEGER NOT NULL,
  PRIMARY KEY (account_id, plane, day_s)
) STRICT, WITHOUT ROWID;

-- What the anomaly judge remembers of a series; made again from the ledger when it is lost.
CREATE TABLE watches (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  currency TEXT NOT NULL,
  fed_to_ms INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (account_id, currency)
) STRICT;

CREATE TABLE budgets (
  id TEXT PRIMARY KEY,
  limit_nanos INTEGER NOT NULL,
  currency TEXT NOT NULL,
  period TEXT NOT NULL,
  scope TEXT NOT NULL,
  zone TEXT,
  thresholds TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE channels (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  base_url TEXT,
  options TEXT NOT NULL,
  secret_name TEXT,
  gone INTEGER NOT NULL DEFAULT 0,
  last_delivered_at_ms INTEGER,
  last_failure TEXT,
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE alerts (
  id TEXT PRIMARY KEY,
  identity TEXT NOT NULL,
  state TEXT NOT NULL,
  severity TEXT NOT NULL,
  rule TEXT NOT NULL,
  rule_id TEXT,
  scope TEXT NOT NULL,
  opened_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL,
  resolved_at_ms INTEGER,
  snoozed_until_ms INTEGER,
  snoozed_until_nanos INTEGER,
  amount_nanos INTEGER,
  -- The amount that was last announced; growth is told when it doubles.
  told_nanos INTEGER,
  -- Severities already announced for this identity, so that none is announced twice.
  told TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX alerts_open_identity ON alerts (identity) WHERE state <> 'resolved';
CREATE INDEX alerts_by_identity ON alerts (identity, opened_at_ms);
CREATE INDEX alerts_by_time ON alerts (opened_at_ms);

CREATE TABLE alert_changes (
  alert_id TEXT NOT NULL REFERENCES alerts (id),
  at_ms INTEGER NOT NULL,
  state TEXT NOT NULL,
  actor TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX alert_changes_by_alert ON alert_changes (alert_id, at_ms);

-- The outbox. One row per message that is owed to a channel; written with the alert, sent after the commit.
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY,
  alert_id TEXT NOT NULL REFERENCES alerts (id),
  channel_id TEXT NOT NULL,
  occasion TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at_ms INTEGER NOT NULL,
  delivered_at_ms INTEGER,
  failure TEXT,
  receipt TEXT
) STRICT;
CREATE INDEX deliveries_by_alert ON deliveries (alert_id);
CREATE INDEX deliveries_due ON deliveries (next_attempt_at_ms) WHERE state = 'pending';

CREATE TABLE notices (
  at_ms INTEGER NOT NULL,
  failure TEXT NOT NULL
) STRICT;
`
