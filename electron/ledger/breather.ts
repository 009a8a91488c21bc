const longestMs = 10

/** To be awaited between the steps of a long answer: every 10 ms whatever else is waiting goes first. */
export function createBreather(): () => Promise<void> {
  let sinceMs = performance.now()
  return async () => {
    if (performance.now() - sinceMs < longestMs) return
    await new Promise((resolve) => setImmediate(resolve))
    sinceMs = performance.now()
  }
}
