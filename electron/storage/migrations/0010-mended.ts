/** A channel that a person mended: what failed up to then, by the id of the delivery, is owed anew. */
export const mended = `
ALTER TABLE channels ADD COLUMN mended_through INTEGER NOT NULL DEFAULT 0;
`
