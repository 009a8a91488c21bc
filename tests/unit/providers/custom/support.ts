import { createProviderHttp } from '../../../../electron/http/create-provider-http.ts'
import { createPriceBook } from '../../../../electron/prices/price-book.ts'
import type { ReadContext, ReadWindow, SpendReading } from '../../../../electron/providers/adapter.ts'
import { custom } from '../../../../electron/providers/custom/adapter.ts'
import type { Result } from '../../../../shared/result.ts'
import { dayMs } from '../../../../shared/time.ts'
import { createTestSystem } from '../../../fakes/system.ts'

/** The afternoon of a day of which the rest is still to come. */
export const nowMs = Date.UTC(2026, 10, 23, 15, 30)
export const today = Date.UTC(2026, 10, 23)

/** A feed that lacks nothing; tests change what they are about. */
export const plainFeed = {
  id: 'costs',
  reads: 'spend',
  plane: 'billed',
  width: 'day',
  lateByMinutes: 60,
  request: { path: '/costs' },
  rows: 'data',
  start: 'date',
  amount: 'cost',
  currency: { fixed: 'USD' },
}

export function manifest(feed: object = {}, whole: object = {}): string {
  return JSON.stringify({
    version: 1,
    name: 'Acme',
    origin: 'https://api.acme.example',
    feeds: [{ ...plainFeed, ...feed }],
    ...whole,
  })
}

export interface Asked {
  method: string
  url: URL
  headers: Headers
  body: unknown
}

/** An API that answers the texts in their order, and again the last one. What it was asked is kept. */
export function api(text: string, ...answers: (string | object)[]) {
  const asked: Asked[] = []
  const system = createTestSystem()
  const fetch = async (input: unknown, init?: RequestInit) => {
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : null
    asked.push({
      method: init?.method ?? 'GET',
      url: new URL(String(input)),
      headers: new Headers(init?.headers),
      body,
    })
    const answer = answers[Math.min(asked.length, answers.length) - 1] ?? {}
    return new Response(typeof answer === 'string' ? answer : JSON.stringify(answer))
  }
  const options = { manifest: text }
  const http = (secret: string) =>
    createProviderHttp({
      system: { ...system, fetch: fetch as typeof globalThis.fetch, random: () => 0 },
      adapter: custom,
      baseUrl: null,
      secret,
      options,
    })
  const context = (secret = ''): ReadContext => ({
    http: http(secret),
    options,
    prices: createPriceBook(),
    now: () => nowMs,
    dir: null,
  })
  return { asked, context, options }
}

export const lastDays = (days: number): ReadWindow => ({
  feed: 'costs',
  width: 'day',
  fromMs: today - (days - 1) * dayMs,
  toMs: today + dayMs,
  open: true,
})

export async function read(
  text: string,
  answers: (string | object)[],
  window: ReadWindow = lastDays(3),
): Promise<Result<SpendReading> & { asked: Asked[] }> {
  const { context, asked } = api(text, ...answers)
  const answer = await custom.read?.(context('secret-key'), window)
  if (!answer) throw new Error('it reads')
  return { ...answer, asked }
}

/** All lines as `2026-11-22 1500000000 USD`, without their dimensions. */
export function linesOf(answer: Result<SpendReading>): string[] {
  if (!answer.ok) throw new Error(answer.failure.message)
  return answer.value.buckets.flatMap(({ startMs, lines }) =>
    lines.map(({ costNanos, currency }) => `${new Date(startMs).toISOString().slice(0, 10)} ${costNanos} ${currency}`),
  )
}

export function messageOf(answer: Result<unknown>): string {
  if (answer.ok) throw new Error('it was read')
  return answer.failure.message
}
