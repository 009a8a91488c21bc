/** The state of updates, told by the shell. A guard in a browser is updated by whoever installed it, and shows none. */
export function UpdatesNote() {
  return null
}
