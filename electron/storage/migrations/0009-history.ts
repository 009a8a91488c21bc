/**
 * What a rule saw each time it changed an alert, and what people made of it. `saw` is null where a person did it, and for
 * what happened before it was kept. Verdicts are only added: the newest of an alert is the one that counts.
 */
export const history = `
ALTER TABLE alert_changes ADD COLUMN saw TEXT;

-- When fast spend began; null where the rule itself knows.
ALTER TABLE alerts ADD COLUMN began_at_ms INTEGER;

CREATE TABLE alert_verdicts (
  alert_id TEXT NOT NULL REFERENCES alerts (id),
  at_ms INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  prevented_nanos INTEGER,
  actor TEXT NOT NULL,
  via TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX alert_verdicts_by_alert ON alert_verdicts (alert_id);
`
