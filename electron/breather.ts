const longestMs = 10

/** Whoever waits to go on. There is one event loop, so there is one queue: in each round one of it goes on. */
const waiting: (() => void)[] = []

function goOn(): void {
  waiting.shift()?.()
  if (waiting.length > 0) setImmediate(goOn)
}

/** Before a piece of work of some milliseconds: sockets and timers go first, and so do pieces that waited longer. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    if (waiting.length === 1) setImmediate(goOn)
  })
}

/** To be awaited between the steps of a long answer: every 10 ms whatever else is waiting goes first. */
export function createBreather(): () => Promise<void> {
  let sinceMs = performance.now()
  return async () => {
    if (performance.now() - sinceMs < longestMs) return
    await nextTurn()
    sinceMs = performance.now()
  }
}
