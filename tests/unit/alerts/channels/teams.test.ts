import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageAbout, nothingEarlier, type ChannelContext } from '../../../../electron/alerts/channels/channel.ts'
import { teams } from '../../../../electron/alerts/channels/teams.ts'
import { alert, fired, grouped, hostile, hostileNames } from '../../../contract/channel-stages/messages.ts'
import { startTeams, textOfCard, type TeamsEmulator } from '../../../emulators/teams.ts'
import { createTestSystem } from '../../../fakes/system.ts'

const now = Date.UTC(2026, 10, 18, 15, 20)
const system = createTestSystem({ clock: { now: () => now, after: () => () => undefined } })
let emulator: TeamsEmulator
let context: ChannelContext

beforeEach(async () => {
  emulator = await startTeams()
  context = { secret: emulator.workflowUrl, baseUrl: emulator.url, options: {}, system }
})
afterEach(() => emulator.stop())

describe('the teams channel', () => {
  it('posts a card that reads from top to bottom', async () => {
    await teams.send(context, { ...fired, actions: grouped.actions }, nothingEarlier)
    expect(textOfCard(emulator.cards[0]!)).toEqual([
      'project web: budget threshold crossed',
      '$120.50 spent today, 120% of the $100.00 budget.',
      'How much  $120.50 of $100.00',
      'Since  2026-11-18 00:00 UTC',
      'By model  gpt-5.5 $100.00',
      'By key  legacy-ci $99.50',
      'Why  First use of key ci: 81% of it.',
      'State  firing',
      'What to do  Delete the key, or lower the limit of the project.',
      'Data as of 2026-11-18 15:18 UTC',
    ])
    expect(emulator.cards[0]!.actions!.map(({ title, url }) => [title, url])).toEqual([
      ...grouped.actions.map(({ label, url }) => [label, url]),
      ['Open at the provider', alert.link],
    ])
  })

  it('keeps the signature of the workflow as it is', async () => {
    const secret = emulator.workflowUrl.replace('emulated-signature', 'a%2Fb%3D_-c')
    await teams.send({ ...context, secret }, fired, nothingEarlier)
    expect(emulator.asked[0]).toMatch(/\?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1\.0&sig=a%2Fb%3D_-c$/)
  })

  it.each([...hostileNames, '漢'.repeat(20_000), 'a\n'.repeat(10_000), '"\\'.repeat(10_000), '\u0001'.repeat(10_000)])(
    'stays below the size that Teams loses unseen, and shows names as they are (%#)',
    async (name) => {
      const occasions = ['fired', 'grew', 'acknowledged', 'resolved', 'test'] as const
      const all = { ...grouped, alerts: [hostile(name), ...grouped.alerts] as const }
      for (const message of [...occasions.map((one) => messageAbout(hostile(name), one)), all])
        expect(await teams.send(context, { ...message, actions: grouped.actions }, nothingEarlier)).toMatchObject({
          delivered: true,
        })
      expect(emulator.lost).toEqual([])
      expect(emulator.cards).toHaveLength(6)
      expect(JSON.stringify(emulator.cards)).not.toMatch(/"TextBlock"|"FactSet"/)
    },
  )

  it('still says how much a thing with an endless name cost', async () => {
    await teams.send(context, messageAbout(hostile('x'.repeat(20_000)), 'fired'), nothingEarlier)
    expect(JSON.stringify(emulator.cards).match(/\$31\.02/g)).toHaveLength(12)
  })

  it('is gone when the signature is no longer right', async () => {
    const secret = emulator.workflowUrl.replace('emulated-signature', 'another')
    expect(await teams.send({ ...context, secret }, fired, nothingEarlier)).toMatchObject({
      next: 'gone',
      failure: { kind: 'channel-gone', status: 401 },
    })
  })

  it('says that somebody switched the workflow off, and tries the next message all the same', async () => {
    emulator.switchOff()
    expect(await teams.send(context, fired, nothingEarlier)).toMatchObject({
      next: 'give-up',
      failure: { message: expect.stringMatching(/Switch it on/) as string },
    })
  })

  it.each([200, 302, 401, 403])('takes a web page with %i for the word of something in between', async (status) => {
    emulator.fail({ times: 1, answer: { status, text: '<html>Log in</html>' } })
    expect(await teams.send(context, fired, nothingEarlier)).toMatchObject({
      next: 'retry',
      failure: { kind: 'unexpected-response', status },
    })
  })

  it('takes the answer of a workflow that has one of its own', async () => {
    emulator.fail({ times: 1, answer: { status: 200, json: { posted: true } } })
    expect(await teams.send(context, fired, nothingEarlier)).toEqual({ delivered: true, receipt: null })
  })

  it('knows the hosts of workflows, and says which URL is needed instead of another', () => {
    const refuse = (secret: string) => teams.refuse({ secret, baseUrl: null, options: {} })
    const older =
      'https://prod-25.westus.logic.azure.com:443/workflows/86ff/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2F&sv=1.0&sig=a_b-c'
    expect(refuse(emulator.workflowUrl)).toBeNull()
    expect(refuse(older)).toBeNull()
    expect(refuse('https://contoso.webhook.office.com/webhookb2/1@2/IncomingWebhook/3/4')).toMatch(/retired/)
    expect(refuse(older.replace(/&sig=.*/, ''))).toMatch(/lacks its signature/)
  })
})
