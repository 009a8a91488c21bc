const names = 'x-api-key|authorization|api[_-]?key|token|secret|passphrase|password'

/**
 * The last line of defence: log calls carry kinds, endpoints and statuses, never secrets, but a message of a library
 * may quote one. Whatever has the shape of a secret we handle is blotted out.
 */
const shapes: [RegExp, string][] = [
  [/\bsk-[A-Za-z0-9_-]{6,}/g, 'sk-[redacted]'],
  [/(\/api\/(?:v\d+\/)?webhooks\/)[^\s"'?\\]+/g, '$1[redacted]'],
  // Of Slack: webhooks and tokens.
  [/(hooks\.slack(?:-gov)?\.com\/\w+\/)[^\s"'?\\]+/g, '$1[redacted]'],
  [/\b(xox[a-z]-)[\w-]{6,}/g, '$1[redacted]'],
  // The signature in the address of a workflow.
  [/([?&]sig=)[^\s"'&\\]+/g, '$1[redacted]'],
  [/\b(whsec_)[A-Za-z0-9+/=]{6,}/g, '$1[redacted]'],
  // Of ntfy.
  [/\btk_\w{6,}/g, 'tk_[redacted]'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{6,}/gi, '$1 [redacted]'],
  // A quoted value goes up to its own closing quote, however often the text was quoted again.
  [new RegExp(String.raw`((?:${names})\\*["']?\s*[:=]\s*(\\*["']))(?:(?!\2).)+`, 'gi'), '$1[redacted]'],
  [new RegExp(String.raw`((?:${names})\\*["']?\s*[:=]\s*)[^\s"',}\\&]{6,}`, 'gi'), '$1[redacted]'],
  // Of Google: access and refresh tokens, API keys, the private key of a service account.
  [/\b(ya29\.|1\/\/|AIza)[\w-]{6,}/g, '$1[redacted]'],
  [/(-----BEGIN [A-Z ]*PRIVATE KEY-----)[^-"]+/g, '$1[redacted]'],
  // Of Telegram, whose bots have it in the address; of Twilio.
  [/\b(bot)?\d{5,}:[\w-]{30,}/g, '$1[redacted]'],
  [/\b((?:SK|AC)[0-9a-f]{32}):[^\s"'\\]+/gi, '$1:[redacted]'],
  // Of links in messages.
  [/(\/a\/)[\w-]{36}/g, '$1[redacted]'],
  [/\+\d{8,15}\b/g, '+[redacted]'],
]

export function redact(text: string): string {
  return shapes.reduce((clean, [shape, replacement]) => clean.replace(shape, replacement), text)
}
