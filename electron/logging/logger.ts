import { redact } from './redact.ts'

export type LogFields = Record<string, string | number | boolean | null | undefined>

export interface Logger {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

/** One JSON line per event. Redaction happens here, for every host alike, and not where things are logged. */
export function createLogger(write: (line: string) => void, now: () => number): Logger {
  const log =
    (level: string) =>
    (event: string, fields: LogFields = {}) => {
      write(redact(JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...fields })))
    }
  return { info: log('info'), warn: log('warn'), error: log('error') }
}

export const silentLogger: Logger = { info() {}, warn() {}, error() {} }
