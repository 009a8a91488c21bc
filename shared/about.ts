import { z } from 'zod'

export const about = z.object({
  version: z.string(),
  /** SPDX. */
  licence: z.string(),
  /** Node and, in the app, Electron. */
  runtime: z.string(),
  system: z.string(),
  dataDir: z.string(),
  secretStore: z.enum(['keychain', 'vault', 'memory']),
})
export type About = z.infer<typeof about>
