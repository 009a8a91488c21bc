/**
 * Links in messages (docs/links.md). What is here is no use to whoever reads it: the token of a link is signed with a
 * key of the secret store, and is not kept. Spent links stay, so that a restart does not make them good again.
 */
export const links = `
CREATE TABLE links (
  id TEXT PRIMARY KEY,
  alert_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  -- Since when the alert fires that the message tells of: it gets a new link when it fires anew.
  fired_at_ms INTEGER NOT NULL,
  made_at_ms INTEGER NOT NULL,
  spent_at_ms INTEGER,
  spent_by TEXT,
  spent_on TEXT,
  UNIQUE (alert_id, channel_id, fired_at_ms)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_by_age ON links (made_at_ms);
`
