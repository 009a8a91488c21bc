/** Test messages: no alert owes them, and yet they cost money and count for the cap of the day. */
export const testMessages = `
CREATE TABLE test_messages (
  id INTEGER PRIMARY KEY,
  channel_id TEXT NOT NULL,
  sent_at_ms INTEGER NOT NULL,
  receipt TEXT,
  -- When to ask what became of it; null where that is known, or never will be.
  next_confirm_at_ms INTEGER,
  cost_nanos INTEGER,
  cost_currency TEXT
) STRICT;
CREATE INDEX test_messages_sent ON test_messages (channel_id, sent_at_ms);
CREATE INDEX test_messages_due ON test_messages (next_confirm_at_ms) WHERE next_confirm_at_ms IS NOT NULL;
`
