import './no-eval.ts'
import { speak } from './language.ts'
import { takeToken } from './token.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/parts.css'
import './styles/pages.css'
import './styles/routing.css'
import './styles/glance.css'
import './styles/dashboard.css'
import './styles/settings.css'

takeToken()
// Words are made, and times reckoned, while the rest is loaded: the language and Temporal come first.
const temporal = 'Temporal' in globalThis ? null : import('temporal-polyfill/global')
void Promise.all([speak(), temporal]).then(async () => (await import('./start.tsx')).start())
