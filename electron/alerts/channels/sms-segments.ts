/**
 * What a text message counts as. Each segment is billed. Alphabet and sizes: 3GPP TS 23.038, and
 * twilio.com/docs/glossary/what-sms-character-limit, checked 2026-11-25.
 */
export interface Segments {
  encoding: 'GSM-7' | 'UCS-2'
  segments: number
}

const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** Behind an escape, so each takes the room of two. */
const extension = new Set('\f^{}\\[~]|€')

const rooms = { 'GSM-7': { alone: 160, joined: 153 }, 'UCS-2': { alone: 70, joined: 67 } } as const

export function segmentsOf(text: string): Segments {
  const characters = [...text]
  const encoding = characters.every((one) => basic.has(one) || extension.has(one)) ? 'GSM-7' : 'UCS-2'
  const sizes = characters.map((one) => (encoding === 'UCS-2' ? one.length : extension.has(one) ? 2 : 1))
  const { alone, joined } = rooms[encoding]
  if (sizes.reduce((sum, size) => sum + size, 0) <= alone) return { encoding, segments: 1 }
  let segments = 1
  let left: number = joined
  for (const size of sizes) {
    // Nothing is torn in two: not an escape from its character, not the halves of an emoji.
    if (size > left) {
      segments++
      left = joined
    }
    left -= size
  }
  return { encoding, segments }
}
