/** Providers that tell running totals only: what they showed when they were last read (polling/counters.ts). */
export const counters = `
ALTER TABLE feeds ADD COLUMN counters TEXT;
`
