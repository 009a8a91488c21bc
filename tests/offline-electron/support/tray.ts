import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface TrayEntry {
  id: number
  label: string
  enabled: boolean
  items: TrayEntry[]
}

/** The panel that shows the app's icon: looks at it and clicks in its menu, over D-Bus as a desktop does. */
export function startTrayHost() {
  // The system's own Python, for which the system packages bring D-Bus.
  const script = fileURLToPath(new URL('tray-host.py', import.meta.url))
  const child = spawn('/usr/bin/python3', [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]()
  async function ask(request: object): Promise<unknown> {
    child.stdin.write(`${JSON.stringify(request)}\n`)
    const { value, done } = await answers.next()
    if (done) throw new Error('the tray host ended')
    return JSON.parse(value) as unknown
  }
  const look = () => ask({ do: 'look' }) as Promise<{ icon: string; folder: string; items: TrayEntry[] } | null>
  const all = (items: TrayEntry[]): TrayEntry[] => items.flatMap((item) => [item, ...all(item.items)])
  return {
    look,
    async labels(): Promise<string[]> {
      return all((await look())?.items ?? []).map(({ label }) => label)
    },
    async click(label: string): Promise<void> {
      const done = await ask({ do: 'click', label })
      if (done !== true) throw new Error(`the menu of the tray has no ${label} to click`)
    },
    /** The icon as the panel is given it: a file of that name in a folder. */
    async picture(file: string): Promise<void> {
      const { icon = '', folder = '' } = (await look()) ?? {}
      mkdirSync(path.dirname(file), { recursive: true })
      copyFileSync(path.join(folder, `${icon}.png`), file)
    },
    stop: () => child.stdin.end(),
  }
}
