const home = 'https://github.com/api-spend-guard/api-spend-guard'

/** Pages of the project itself that a person may be sent to, by name. */
export const projectPages = {
  source: home,
  issues: `${home}/issues/new/choose`,
  security: `${home}/security/policy`,
  licence: `${home}/blob/main/LICENSE`,
  docs: `${home}/tree/main/docs`,
  releases: `${home}/releases`,
} as const

export type ProjectPage = keyof typeof projectPages
export const projectPageNames = Object.keys(projectPages) as [ProjectPage, ...ProjectPage[]]
