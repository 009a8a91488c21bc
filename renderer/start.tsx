import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { createAddress, createBridge } from './bridge.ts'

export function start(): void {
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root')
  createRoot(root).render(
    // Where texts hold links, they are put together by components that look for this.
    <I18nProvider i18n={i18n}>
      <App guard={createBridge()} address={createAddress()} />
    </I18nProvider>,
  )
}
