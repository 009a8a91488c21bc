/** Of one alert a channel may hold several messages, all of which must end up true: which one an edit is of. */
export const olderPosts = `
ALTER TABLE deliveries ADD COLUMN edits_id INTEGER;
CREATE INDEX deliveries_by_edited ON deliveries (edits_id) WHERE edits_id IS NOT NULL AND id = group_id;
`
