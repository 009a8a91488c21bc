import { agents, type AgentId } from '../../agent-logs/sighting.ts'
import { rootsOf, type Root } from '../../agent-logs/roots.ts'
import { pathOf, thisComputer } from '../../discovery/computer.ts'
import { fail } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Options } from '../adapter.ts'
import { listOption } from '../list-option.ts'
import { i18n } from '../../../shared/words.ts'

const isAgent = (name: string): name is AgentId => Object.hasOwn(agents, name)

/** Where the agents that an account is about keep their logs. Variables say where, but only to whoever set them. */
export function rootsIn(options: Options): Result<Root[]> {
  const wanted = listOption(options, 'agents').map((name) => name.toLowerCase())
  const strange = wanted.find((name) => !isAgent(name))
  if (strange !== undefined) {
    const known = Object.keys(agents).join(', ')
    return err(
      fail(
        'invalid-input',
        i18n.t('There is no agent "{strange}" whose logs can be read. Known are: {known}.', { strange, known }),
      ),
    )
  }
  const chosen = wanted.length > 0 ? wanted.filter(isAgent) : (Object.keys(agents) as AgentId[])
  const computer = thisComputer()
  const text = options['home'] ?? ''
  if (text === '') return ok(rootsOf(chosen, { home: computer.homeDir, env: computer.env }))
  const home = pathOf(text, computer)
  if (home === null)
    return err(
      fail('invalid-input', i18n.t('The option home is a whole path, such as /home/ann; not "{text}".', { text })),
    )
  return ok(rootsOf(chosen, { home, env: {} }))
}
