/**
 * Who is told when, and what became of every attempt to tell. An alert knows since when it fires, which is the clock of
 * its escalation; a delivery why it is owed, why it waits, and with which others it is one message (group_id is the id
 * of the first of them).
 */
export const routing = `
ALTER TABLE alerts ADD COLUMN fired_at_ms INTEGER;
UPDATE alerts SET fired_at_ms = opened_at_ms WHERE state <> 'pending';

ALTER TABLE alert_changes ADD COLUMN via TEXT NOT NULL DEFAULT 'guard';
UPDATE alert_changes SET via = 'app' WHERE actor <> 'guard';

ALTER TABLE channels ADD COLUMN person TEXT;
ALTER TABLE channels ADD COLUMN self_test INTEGER NOT NULL DEFAULT 0;
ALTER TABLE channels ADD COLUMN tested_at_ms INTEGER;

ALTER TABLE deliveries ADD COLUMN owed_at_ms INTEGER NOT NULL DEFAULT 0;
UPDATE deliveries SET owed_at_ms = (SELECT opened_at_ms FROM alerts WHERE alerts.id = deliveries.alert_id);
ALTER TABLE deliveries ADD COLUMN because TEXT NOT NULL DEFAULT 'route';
ALTER TABLE deliveries ADD COLUMN held TEXT;
ALTER TABLE deliveries ADD COLUMN group_key TEXT NOT NULL DEFAULT '';
ALTER TABLE deliveries ADD COLUMN group_id INTEGER;
ALTER TABLE deliveries ADD COLUMN unsettled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN sent_at_ms INTEGER;
ALTER TABLE deliveries ADD COLUMN sent_severity TEXT;
UPDATE deliveries SET sent_at_ms = delivered_at_ms, group_id = CASE WHEN attempts > 0 THEN id END;
ALTER TABLE deliveries ADD COLUMN cost_nanos INTEGER;
ALTER TABLE deliveries ADD COLUMN cost_currency TEXT;
DROP INDEX deliveries_due;
CREATE INDEX deliveries_due ON deliveries (channel_id, next_attempt_at_ms) WHERE state = 'pending';
CREATE INDEX deliveries_accepted ON deliveries (next_attempt_at_ms) WHERE state = 'accepted' AND id = group_id;
CREATE INDEX deliveries_by_group ON deliveries (group_id);
CREATE INDEX deliveries_sent ON deliveries (channel_id, sent_at_ms) WHERE id = group_id;
CREATE INDEX deliveries_new ON deliveries (channel_id, group_key, next_attempt_at_ms)
  WHERE state = 'pending' AND occasion = 'fired' AND attempts = 0;

CREATE TABLE delivery_attempts (
  -- The first delivery of the message.
  delivery_id INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  failure TEXT
) STRICT;
CREATE INDEX delivery_attempts_by_delivery ON delivery_attempts (delivery_id, at_ms);

CREATE TABLE people (
  name TEXT PRIMARY KEY,
  person TEXT NOT NULL
) STRICT;

-- At most one row: the routing as a whole, which is small and read as a whole.
CREATE TABLE routing (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  routing TEXT NOT NULL
) STRICT;
`
