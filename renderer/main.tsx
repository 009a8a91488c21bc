import './no-eval.ts'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { createAddress, createBridge } from './bridge.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/parts.css'
import './styles/pages.css'
import './styles/routing.css'
import './styles/glance.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
const guard = createBridge()
createRoot(root).render(<App guard={guard} address={createAddress()} />)
