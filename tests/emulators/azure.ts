import { z } from 'zod'
import { billedNanos, countBetween, type World } from '../../electron/replay/world.ts'
import { nanosToDecimal } from '../../shared/money.ts'
import { dayMs, floorTo, utcDay } from '../../shared/time.ts'
import { startEmulator, type Answers, type EmulatedAnswer, type EmulatedRequest, type Emulator } from './http.ts'

export const azureSecret = 'emu8Q~lated.client-secret_0123456789'
export const azureOptions = {
  tenant: '11111111-2222-3333-4444-555555555555',
  client_id: '66666666-7777-8888-9999-000000000000',
  scope: 'subscriptions/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
}
const token = 'eyJ.emulated.token'
const queryPath = `/${azureOptions.scope}/providers/Microsoft.CostManagement/query`

export const startAzure = (world: World): Promise<Emulator> => startEmulator(azureAnswers(world))

/** The token endpoint and the cost query as documented: what each may be sent, columns by name, pages by POST. */
export function azureAnswers(world: World): Answers {
  return (request) => {
    const { pathname } = request.url
    if (pathname === `/${azureOptions.tenant}/oauth2/v2.0/token`) return signIn(request)
    if (pathname.endsWith('/oauth2/v2.0/token'))
      return { status: 400, json: { error: 'invalid_request', error_description: 'AADSTS90002: Tenant not found.' } }
    if (request.headers.authorization !== `Bearer ${token}` || decodeURIComponent(request.body).includes(azureSecret))
      return refuse(401, 'InvalidAuthenticationToken', 'The access token is invalid.')
    if (pathname.toLowerCase() !== queryPath.toLowerCase())
      return refuse(401, 'RBACAccessDenied', 'The client does not have authorization to perform action.')
    if (request.method !== 'POST' || request.url.searchParams.get('api-version') !== '2025-03-01')
      return refuse(400, 'InvalidApiVersionParameter', 'The api-version is invalid.')
    return query(world, request)
  }
}

function signIn({ method, headers, body }: EmulatedRequest): EmulatedAnswer {
  const form = Object.fromEntries(new URLSearchParams(body))
  const no = (error: string, error_description: string, status = 401) => ({
    status,
    json: { error, error_description },
  })
  if (method !== 'POST' || headers.authorization) return no('invalid_request', 'AADSTS900144: malformed', 400)
  if (form['grant_type'] !== 'client_credentials' || form['scope'] !== 'https://management.azure.com/.default')
    return no('invalid_scope', 'AADSTS70011: The provided value for scope is not valid.', 400)
  if (form['client_id'] !== azureOptions.client_id)
    return no('unauthorized_client', 'AADSTS700016: Application was not found in the directory.', 400)
  if (form['client_secret'] !== azureSecret)
    return no('invalid_client', `AADSTS7000215: Invalid client secret provided: ${form['client_secret']}`)
  return { status: 200, json: { token_type: 'Bearer', expires_in: 3_599, ext_expires_in: 3_599, access_token: token } }
}

const question = z.strictObject({
  type: z.literal('ActualCost'),
  timeframe: z.literal('Custom'),
  timePeriod: z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() }),
  dataset: z.strictObject({
    granularity: z.literal('Daily'),
    aggregation: z.strictObject({ totalCost: z.strictObject({ name: z.literal('Cost'), function: z.literal('Sum') }) }),
    grouping: z
      .array(z.strictObject({ type: z.literal('Dimension'), name: z.enum(['ServiceName', 'ResourceGroupName']) }))
      .max(2),
  }),
})
const rowsOfPage = 40

function query(world: World, { url, body }: EmulatedRequest): EmulatedAnswer {
  const asked = question.safeParse(JSON.parse(body))
  if (!asked.success) return refuse(400, 'BadRequest', z.prettifyError(asked.error))
  const { from, to } = asked.data.timePeriod
  const rows: unknown[][] = []
  for (let atMs = floorTo(Date.parse(from), dayMs); atMs <= Date.parse(to); atMs += dayMs)
    for (const one of countBetween(world, 'azure', atMs, atMs + dayMs, world.costDelayMs))
      rows.push([
        Number(nanosToDecimal(billedNanos(world, one, atMs))),
        Number(utcDay(atMs).replaceAll('-', '')),
        'Foundry Models',
        one.flow.project,
        'USD',
      ])
  if (rows.length === 0) return { status: 204, text: '' }
  const start = Number(url.searchParams.get('$skiptoken') ?? 0)
  const end = start + rowsOfPage
  return {
    status: 200,
    json: {
      id: 'any',
      name: 'any',
      type: 'Microsoft.CostManagement/query',
      properties: {
        nextLink:
          end < rows.length
            ? `https://management.azure.com${queryPath}?api-version=2025-03-01&$skiptoken=${end}`
            : null,
        columns: [
          { name: 'Cost', type: 'Number' },
          { name: 'UsageDate', type: 'Number' },
          { name: 'ServiceName', type: 'String' },
          { name: 'ResourceGroupName', type: 'String' },
          { name: 'Currency', type: 'String' },
        ],
        rows: rows.slice(start, end),
      },
    },
  }
}

function refuse(status: number, code: string, message: string): EmulatedAnswer {
  return { status, json: { error: { code, message } } }
}
