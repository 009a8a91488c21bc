import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp } from './support/app.ts'

describe('x', () => {
  it('y', async () => {
    const app = await startApp('/tmp/e9data')
    try {
    await new Promise(r=>setTimeout(r,4000))
    console.log(await app.page.text(), app.said)
    await app.page.picture('/tmp/e9.png')
    } finally { app.kill(); console.log(app.said.join('\n')) }
  })
})
