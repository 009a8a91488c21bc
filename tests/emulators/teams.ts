import { startEmulator, type Answers, type EmulatedAnswer, type Emulator } from './http.ts'

export interface TeamsCard {
  type: string
  version: string
  body: { type: string; inlines: { type: string; text: string }[] }[]
  actions?: { type: string; title: string; url: string }[]
}

export interface TeamsEmulator extends Emulator {
  workflowUrl: string
  /** Cards as they stand in the channel. */
  cards: TeamsCard[]
  /** Messages that the workflow took and Teams then refused, which nobody who sent them hears of. */
  lost: string[]
  deleteWorkflow(): void
  switchOff(): void
}

const path = '/powerautomate/automations/direct/workflows/86ffea6392fe4f3f9555f5e8f9b1f06e/triggers/manual/paths/invoke'
const signature = 'emulated-signature'
const largestBytes = 28 * 1_024

/** A workflow "Send webhook alerts to a channel" as documented: it answers before Teams has seen the card. */
export async function startTeams(): Promise<TeamsEmulator> {
  const cards: TeamsCard[] = []
  const lost: string[] = []
  let state: 'on' | 'off' | 'deleted' = 'on'
  const no = (status: number, code: string): EmulatedAnswer => ({
    status,
    json: { error: { code, message: `The request to the workflow failed: ${code}.` } },
  })

  const answers: Answers = ({ method, url, body }) => {
    if (method !== 'POST') return no(405, 'MethodNotAllowed')
    if (url.pathname !== path || state === 'deleted') return no(404, 'WorkflowNotFound')
    if (url.searchParams.get('sig') !== signature) return no(401, 'DirectApiAuthorizationRequired')
    if (state === 'off') return no(400, 'WorkflowTriggerIsNotEnabled')
    const sent = JSON.parse(body) as { type?: string; attachments?: { contentType: string; content: TeamsCard }[] }
    if (sent.type !== 'message' || !Array.isArray(sent.attachments)) return no(400, 'TriggerInputSchemaMismatch')
    const [card] = sent.attachments
    const isShown = card?.contentType === 'application/vnd.microsoft.card.adaptive' && isCard(card.content)
    if (isShown && Buffer.byteLength(body) <= largestBytes) cards.push(card.content)
    else lost.push(body)
    return { status: 202, text: '' }
  }
  return {
    ...(await startEmulator(answers)),
    workflowUrl:
      `https://default0000.09.environment.api.powerplatform.com:443${path}` +
      `?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${signature}`,
    cards,
    lost,
    deleteWorkflow: () => void (state = 'deleted'),
    switchOff: () => void (state = 'off'),
  }
}

function isCard({ type, version, body, actions = [] }: TeamsCard): boolean {
  return (
    type === 'AdaptiveCard' &&
    Number(version) <= 1.5 &&
    body.every((block) => block.type === 'RichTextBlock' && block.inlines.every((one) => one.type === 'TextRun')) &&
    actions.length <= 6 &&
    actions.every((one) => one.type === 'Action.OpenUrl' && one.title !== '' && URL.canParse(one.url))
  )
}

/** What a reader sees, line by line. */
export function textOfCard({ body }: TeamsCard): string[] {
  return body.map((block) => block.inlines.map((one) => one.text).join(''))
}
