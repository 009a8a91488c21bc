import { discord } from './discord.ts'
import type { Stages } from './stage.ts'

export const stages: Stages = { discord }
