/** Links of messages that speak of several alerts, and what of each alert was done by them. */
export const messageLinks = `
CREATE TABLE message_links (
  id TEXT PRIMARY KEY,
  -- The first delivery of the message.
  message_id INTEGER NOT NULL UNIQUE,
  channel_id TEXT NOT NULL,
  made_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX message_links_by_age ON message_links (made_at_ms);

CREATE TABLE message_link_uses (
  alert_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  by TEXT NOT NULL,
  did TEXT NOT NULL
) STRICT;
CREATE INDEX message_link_uses_by_alert ON message_link_uses (alert_id, channel_id);
`
