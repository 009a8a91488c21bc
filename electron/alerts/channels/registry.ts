import type { ChannelKind } from '../../../shared/channels.ts'
import type { Channel } from './channel.ts'
import { desktop } from './desktop.ts'
import { discord } from './discord.ts'
import { email } from './email.ts'
import { ntfy } from './ntfy.ts'
import { pagerduty } from './pagerduty.ts'
import { pushover } from './pushover.ts'
import { slack } from './slack.ts'
import { sms } from './sms.ts'
import { teams } from './teams.ts'
import { telegram } from './telegram.ts'
import { tray } from './tray.ts'
import { webhook } from './webhook.ts'

export const channels: Record<ChannelKind, Channel> = {
  desktop,
  tray,
  discord,
  slack,
  teams,
  email,
  sms,
  telegram,
  ntfy,
  pushover,
  pagerduty,
  webhook,
}
