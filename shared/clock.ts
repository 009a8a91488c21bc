/** Time as the engine sees it; tests hand in one they can turn. */
export interface Clock {
  now(): number
  /** Runs `task` once, `delayMs` from now. Returns how to cancel it. */
  after(delayMs: number, task: () => void): () => void
}
