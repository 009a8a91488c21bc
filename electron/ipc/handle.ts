import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import { fail } from '../../shared/failures.ts'
import { calls, type CallName } from '../../shared/ipc.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import { err } from '../../shared/result.ts'
import { pageOrigin } from '../shell/app-protocol.ts'
import { i18n } from '../../shared/words.ts'

/** Answers the calls of our own pages; the only importer of ipcMain. */
export function handleCalls(guard: GuardClient): void {
  for (const name of Object.keys(calls) as CallName[]) {
    ipcMain.handle(name, async (event, request: unknown) => {
      if (!isOurPage(event)) return err(fail('refused-host', i18n.t('This page may not ask.')))
      return guard.call(name, request as never)
    })
  }
}

/** The top frame of one of our own pages, and nothing that was loaded into it. */
function isOurPage(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && frame.url.startsWith(`${pageOrigin}/`)
}
