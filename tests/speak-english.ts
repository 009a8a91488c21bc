import { i18n } from '@lingui/core'

// Words of the interface are English where a test looks at them; the text itself is then in the code.
i18n.loadAndActivate({ locale: 'en', messages: {} })
