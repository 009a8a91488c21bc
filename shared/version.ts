/** The same as in package.json; a test holds them together, so that no bundle needs that file. */
export const version = '0.1.0'

/** Anthropic asks integrations to name themselves, and Discord blocks clients that do not. */
export const userAgent = `ApiSpendGuard/${version} (https://github.com/api-spend-guard/api-spend-guard)`
