import type { CallName, Request } from '../../shared/ipc.ts'
import { addDays, localDay } from '../../shared/time.ts'
import { historyEndMs, openHistory } from './history.ts'
import { took, withinLimit, type Say, type Scale, type Took } from './measured.ts'
import { openGuard, type Ask } from './open-guard.ts'

const goalMs = 16
const zones = ['UTC', 'Asia/Kolkata', 'America/Los_Angeles']
const groups = ['provider', 'model', 'project', 'key'] as const

/** From most of the spend to very little of it. */
const filters = [['provider:openai'], ['workspace:w1', 'workspace:w2'], ['model:gpt-5.5', 'key:key_1']]

/** Every call that draws the dashboard, over 10 million rows and five years, answered by the guard in this process. */
export async function measureQueries(say: Say, { quick }: Scale): Promise<void> {
  const history = openHistory(quick)
  try {
    for (const zone of zones) {
      const { guard, ask } = openGuard(history.dataDir, zone)
      for (const [name, requests] of Object.entries(questions(zone))) {
        say(withinLimit(`${name}, ${zone}`, await timesOf(ask, requests, quick ? 3 : 20), goalMs))
      }
      await guard.stop()
    }
  } finally {
    history.remove()
  }
}

type Question = { [N in CallName]: { call: N; request: Request<N> } }[CallName]

function questions(zone: string): Record<string, Question[]> {
  const to = localDay(historyEndMs, zone)
  const days = (count: number) => ({ from: addDays(to, 1 - count), to, zone })
  const reports = (count: number, scopes: string[] = []) =>
    groups.map((by): Question => ({ call: 'spend:report', request: { ...days(count), by, scopes } }))
  const histories = (count: number, scopes: string[] = []) =>
    groups.map((by): Question => ({ call: 'spend:history', request: { ...days(count), by, step: 'day', scopes } }))
  const filtered = (ask: (scopes: string[]) => Question[]) => filters.flatMap(ask)
  return {
    'status (today and month)': [{ call: 'status:get', request: {} }],
    'report of today': reports(1),
    'report of 30 days': reports(30),
    'report of 90 days': reports(90),
    'report of 5 years': reports(1_825),
    'report by day of 90 days': [{ call: 'spend:report', request: { ...days(90), by: 'day' } }],
    'history by day of 30 days': histories(30),
    'history by day of 90 days': histories(90),
    'history by day of a year': histories(365),
    'history by month of 5 years': [
      { call: 'spend:history', request: { ...days(1_825), by: 'provider', step: 'month' } },
    ],
    'report of 90 days, filtered': filtered((scopes) => reports(90, scopes)),
    'report by day of 90 days, filtered': filtered((scopes) => [
      { call: 'spend:report', request: { ...days(90), by: 'day', scopes } },
    ]),
    'history by day of 90 days, filtered': filtered((scopes) => histories(90, scopes)),
    'history by day of a year, filtered': filtered((scopes) => histories(365, scopes)),
    'where the month is heading': [{ call: 'spend:outlook', request: { zone } }],
    'where the month is heading, filtered': filtered((scopes) => [
      { call: 'spend:outlook', request: { zone, scopes } },
    ]),
    'history by hour of 1 day': [{ call: 'spend:history', request: { ...days(1), by: 'model', step: 'hour' } }],
  }
}

/** The first round fills caches, as the first look at a dashboard does, and does not count. */
async function timesOf(ask: Ask, questions: readonly Question[], rounds: number): Promise<Took[]> {
  const times: Took[] = []
  for (let round = -1; round < rounds; round++) {
    for (const { call, request } of questions) {
      const one = await took(() => ask(call, request))
      if (round >= 0) times.push(one)
    }
  }
  return times
}
