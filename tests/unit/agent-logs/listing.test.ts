import { symlinkSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createListing } from '../../../electron/agent-logs/listing.ts'
import { claudeLine, claudeLog, createAgentHome, type AgentHome } from '../../fakes/agent-home.ts'

let home: AgentHome
beforeEach(() => (home = createAgentHome()))
afterEach(() => home.close())

// On Windows not everybody may make a link.
it.skipIf(process.platform === 'win32')('a link to a log is none, whoever tells of it', () => {
  home.write(claudeLog, claudeLine())
  const link = home.at(claudeLog.replace('s1', 'link'))
  symlinkSync(home.at(claudeLog), link)
  const listing = createListing(home.roots)
  expect(listing.all().map(({ actual }) => actual)).toEqual([home.at(claudeLog)])
  expect(listing.one(link)).toBeNull()
})
