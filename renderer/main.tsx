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
// Words are made while the rest is loaded: the language comes first.
void speak().then(async () => (await import('./start.tsx')).start())
