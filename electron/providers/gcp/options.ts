import { fail } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Options } from '../adapter.ts'
import { listOption } from '../list-option.ts'
import { i18n } from '../../../shared/words.ts'

/** What an account's options say, in the form that requests need. */
export interface Settings {
  /** `project.dataset.table`; nothing in it can end the quotes that stand around it in a query. */
  table: string
  dataset: { project: string; id: string; table: string }
  location: string
  queryProject: string
  maxBytes: bigint
}

const tableShape = /^((?:[a-z0-9.-]+:)?[a-z0-9-]+)\.(\w+)\.([\w-]+)$/i
const projectShape = /^(?:[a-z0-9.-]+:)?[a-z0-9-]+$/i
const gib = 2n ** 30n
/** BigQuery bills at least this much for a table it reads. */
const leastBytes = 10n * 2n ** 20n

export function settingsOf(options: Options): Result<Settings> {
  const table = options['table'] ?? ''
  const [, project = '', id = '', name = ''] = tableShape.exec(table) ?? []
  if (name === '')
    return refuse('table', i18n.t('project.dataset.table, such as acme.billing.gcp_billing_export_v1_01AB23_…'))
  const queryProject = options['query_project'] || project
  if (!projectShape.test(queryProject))
    return refuse('query_project', i18n.t('the id of a project, such as acme-tools'))
  const location = options['location'] || 'US'
  if (!/^[\w-]+$/.test(location))
    return refuse('location', i18n.t('where the dataset is, such as US, EU or europe-west3'))
  const most = options['max_bytes'] || String(gib)
  if (!/^\d{1,18}$/.test(most) || BigInt(most) < leastBytes)
    return refuse('max_bytes', i18n.t('a whole number of bytes, {leastBytes} or more', { leastBytes }))
  const account = options['billing_account'] ?? ''
  if (account !== '' && !/^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/i.test(account))
    return refuse('billing_account', i18n.t('the id of a billing account, such as 01AB23-CD45EF-678901'))
  if (monitoringProjects(options).some((one) => !projectShape.test(one)))
    return refuse('monitoring_projects', i18n.t('ids of projects with commas between them'))
  return ok({ table, dataset: { project, id, table: name }, location, queryProject, maxBytes: BigInt(most) })
}

export function monitoringProjects(options: Options): string[] {
  return [...new Set(listOption(options, 'monitoring_projects'))]
}

function refuse(option: string, shape: string): Result<never> {
  return err(fail('invalid-input', i18n.t('The option {option} is {shape}.', { option, shape })))
}
