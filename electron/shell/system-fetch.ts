import { net } from 'electron'

/**
 * Chromium's network stack: the system's proxy and the company's certificates work by themselves. A redirect that was
 * not to be followed is an answer, as everywhere else; net.fetch rejects and does not say where it led
 * (electron/electron#43715, checked 2026-11-24).
 */
export const systemFetch: typeof fetch = async (input, init) => {
  try {
    return await net.fetch(input as string, init as RequestInit)
  } catch (error) {
    if (init?.redirect === 'manual' && (error as Error).message === 'Redirect was cancelled')
      return new Response(null, { status: 302 })
    throw error
  }
}
