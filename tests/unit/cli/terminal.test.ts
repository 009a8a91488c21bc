import { describe, expect, it } from 'vitest'
import { withoutControls } from '../../../electron/cli/terminal.ts'

describe('text for a terminal', () => {
  it('keeps lines, columns and every letter', () => {
    const text = 'a\tb\r\nπροέργο 日本 💸 – ½'
    expect(withoutControls(text)).toBe(text)
  })
  it('does not let a name from outside steer the terminal or turn the line around', () => {
    expect(withoutControls('\u001b[2J\u001b]0;x\u0007evil\u009b31m \u202egnp.exe\u0000\u007f')).toBe(
      '[2J]0;xevil31m gnp.exe',
    )
  })
})
