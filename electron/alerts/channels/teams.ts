import { fail } from '../../../shared/failures.ts'
import { isLoopback, rebase } from '../../http/origins.ts'
import { sendJson, type Answer } from '../../http/send-json.ts'
import { gone, judgeStatus, refused, unrelated } from './answers.ts'
import type { Channel, DeliveryOutcome } from './channel.ts'
import { renderCard, type TeamsBody } from './teams-card.ts'
import { i18n } from '../../../shared/words.ts'

const wrong = () =>
  i18n.t(
    'This is not the URL of a Teams workflow. In Teams, open Workflows at the channel, take “Send webhook alerts to a channel” and copy the whole URL: it ends in sig=….',
  )

/** Where Power Automate answers: the newer hosts of an environment, and the older ones of Logic Apps. */
const hosts = /\.(?:powerplatform\.com|logic\.azure\.com|powerplatform\.us|logic\.azure\.us)$/
const triggerPath = /\/workflows\/\w+\/triggers\/[\w-]+\/paths\/invoke\/?$/

/** A channel or chat of Microsoft Teams, by a workflow that posts the card it is given. It cannot edit one. */
export const teams: Channel<TeamsBody> = {
  available: () => true,
  skips: [],
  refuse: ({ secret }) => refuseUrl(secret ?? ''),
  render: renderCard,
  async send(context, message) {
    const problem = refuseUrl(context.secret ?? '')
    if (problem) return { delivered: false, next: 'give-up', failure: fail('invalid-input', problem) }
    const url = rebase(new URL(context.secret ?? ''), context.baseUrl).href
    const answer = await sendJson(context.system, {
      method: 'POST',
      url,
      body: renderCard(message),
      timeoutMs: 24_000,
    })
    if (!answer.ok) return { delivered: false, next: 'retry', failure: answer.failure }
    return judge(answer.value, context.system.clock.now())
  },
}

function refuseUrl(secret: string): string | null {
  const url = URL.canParse(secret) ? new URL(secret) : null
  if (!url || url.username || url.password) return wrong()
  if (/(?:^|\.)(?:webhook\.office\.com|outlook\.office(?:365)?\.com)$/.test(url.hostname))
    return i18n.t(
      'This is a connector of Office 365, which Microsoft has retired. In Teams, open Workflows at the channel, take “Send webhook alerts to a channel” and copy its URL.',
    )
  if (!triggerPath.test(url.pathname)) return wrong()
  if (!url.searchParams.has('sig'))
    return i18n.t(
      'The URL of the workflow lacks its signature (sig=…). Copy the whole URL, and let Anyone trigger the workflow: the guard cannot sign in to your tenant.',
    )
  const isMicrosoft = url.protocol === 'https:' && hosts.test(url.hostname)
  return isMicrosoft || isLoopback(url.hostname) ? null : wrong()
}

/** 202 without a body is a workflow that has begun; one with a response of its own answers 200. */
function judge(answer: Answer, nowMs: number): DeliveryOutcome {
  const { status, json } = answer
  if (status === 202 || (status >= 200 && status < 300 && json !== undefined)) return { delivered: true, receipt: null }
  const code = codeOf(json)
  if (status < 400 || (code === null && (status === 401 || status === 403))) return unrelated('Teams', status)
  if (code === 'WorkflowTriggerIsNotEnabled')
    return refused(i18n.t('The Teams workflow is switched off. Switch it on in Power Automate.'), status)
  if (status === 401 || status === 404 || status === 410)
    return gone(
      i18n.t(
        'The Teams workflow no longer exists, or has a new URL. Make a new one in Teams and edit the channel here.',
      ),
      status,
    )
  if (status >= 500 || status === 408 || status === 425 || status === 429 || code === null)
    return judgeStatus('Teams', answer, nowMs)
  return refused(i18n.t('The Teams workflow refused the message with {status} ({code}).', { status, code }), status)
}

function codeOf(json: unknown): string | null {
  const code = (json as { error?: { code?: unknown } } | null | undefined)?.error?.code
  return typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : null
}
