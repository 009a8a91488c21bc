/** Catalogues of words; the bundler compiles them. */
declare module '*.po' {
  import type { Messages } from '@lingui/core'
  export const messages: Messages
}
