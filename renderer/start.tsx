import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { createAddress, createBridge } from './bridge.ts'

export function start(): void {
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root')
  createRoot(root).render(<App guard={createBridge()} address={createAddress()} />)
}
