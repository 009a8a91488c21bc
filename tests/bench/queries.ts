import type { CallName, Request } from '../../shared/ipc.ts'
import { addDays, localDay } from '../../shared/time.ts'
import { historyEndMs, openHistory } from './history.ts'
import { took, withinLimit, type Say, type Scale, type Took } from './measured.ts'
import { openGuard, type Ask } from './open-guard.ts'

const goalMs = 16
const zones = ['UTC', 'Asia/Kolkata', 'America/Los_Angeles']
const groups = ['provider', 'model', 'project', 'key'] as const

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
  const reports = (count: number) =>
    groups.map((by): Question => ({ call: 'spend:report', request: { ...days(count), by } }))
  const histories = (count: number) =>
    groups.map((by): Question => ({ call: 'spend:history', request: { ...days(count), by, step: 'day' } }))
  return {
    'status (today and month)': [{ call: 'status:get', request: {} }],
    'report of today': reports(1),
    'report of 30 days': reports(30),
    'report of 90 days': reports(90),
    'report of 5 years': reports(1_825),
    'report by day of 90 days': [{ call: 'spend:report', request: { ...days(90), by: 'day' } }],
    'history by day of 30 days': histories(30),
    'history by day of 90 days': histories(90),
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
