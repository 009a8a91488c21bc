import type * as polyfill from 'temporal-polyfill'

/** What shared code gets as `temporal-polyfill` in a page: the browser's own, or what `renderer/main.tsx` put in its place. */
export const { Temporal } = globalThis as unknown as typeof polyfill
