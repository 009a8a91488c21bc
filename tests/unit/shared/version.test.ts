import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { userAgent, version } from '../../../shared/version.ts'

const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

it('is the version in package.json', () => {
  expect(version).toBe(manifest.version)
  expect(userAgent).toContain(manifest.version)
})
