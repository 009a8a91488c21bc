import { discord } from './discord.ts'
import { pushover } from './pushover.ts'
import { sms } from './sms.ts'
import { telegram } from './telegram.ts'
import type { Stages } from './stage.ts'

export const stages: Stages = { discord, sms, telegram, pushover }
