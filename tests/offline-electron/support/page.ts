import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

type Waiting = (answer: { result?: unknown; error?: { message: string } }) => void

/** A page of the app, through the developer tools' protocol of its Chromium. */
export async function openPage(address: string) {
  const socket = new WebSocket(address)
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as { id?: number }
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer as never)
  })
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error('the page cannot be reached')))
  })

  function send<T>(method: string, params: object = {}): Promise<T> {
    const id = ++lastId
    socket.send(JSON.stringify({ id, method, params }))
    return new Promise((resolve, reject) => {
      waiting.set(id, ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result as T)))
    })
  }

  /** The value of an expression in the page; a promise is awaited. */
  async function evaluate<T>(expression: string): Promise<T> {
    const answer = await send<{ result: { value: T }; exceptionDetails?: { exception?: { description?: string } } }>(
      'Runtime.evaluate',
      { expression, awaitPromise: true, returnByValue: true },
    )
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? 'the page threw')
    return answer.result.value
  }

  return {
    evaluate,
    text: () => evaluate<string>('document.body.innerText'),
    hash: () => evaluate<string>('location.hash'),
    async picture(file: string): Promise<void> {
      const { data } = await send<{ data: string }>('Page.captureScreenshot')
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, Buffer.from(data, 'base64'))
    },
    /**
     * The page's process ends by a fault. While the connection lasts that is said again to each page that comes after it,
     * because none lives to answer.
     */
    crash: (): void => void send('Page.crash').catch(() => undefined),
    close: () => socket.close(),
  }
}
