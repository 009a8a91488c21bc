import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const endpoint = z.object({ url: z.url(), token: z.string().min(1), pid: z.number().int() })
export type Endpoint = z.infer<typeof endpoint>

const fileOf = (dataDir: string) => path.join(dataDir, 'endpoint.json')

/** Where the owner of the data folder can be spoken to; readable by the person alone. */
export function publishEndpoint(dataDir: string, value: Endpoint): () => void {
  const draft = `${fileOf(dataDir)}.${value.pid}`
  writeFileSync(draft, JSON.stringify(value), { mode: 0o600 })
  renameSync(draft, fileOf(dataDir))
  return () => {
    if (readEndpoint(dataDir)?.pid === value.pid) rmSync(fileOf(dataDir), { force: true })
  }
}

export function readEndpoint(dataDir: string): Endpoint | null {
  try {
    return endpoint.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')))
  } catch {
    return null // none, or half of one: the owner is just starting or ending
  }
}
