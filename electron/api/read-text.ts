import type { IncomingMessage } from 'node:http'

/** Null when it is too large; the rest is left unread, so that the answer still gets through. */
export async function readText(request: IncomingMessage, largest: number): Promise<string | null> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > largest) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
