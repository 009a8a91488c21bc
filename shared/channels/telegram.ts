import type { ChannelFacts } from './facts.ts'

export const telegram = {
  label: 'Telegram',
  secret: { name: 'Bot token', hint: '123456789:AA…' },
  help: 'Write /newbot to @BotFather for the token. Then write to the bot, or add it to the group; https://api.telegram.org/bot<token>/getUpdates shows the id of the chat.',
  options: {
    chat_id: { label: 'Chat: its number, or @name of a channel', hint: '-1001234567890', required: true },
    message_thread_id: { label: 'Topic of a group that has topics, by its number', hint: '42' },
  },
} as const satisfies ChannelFacts
