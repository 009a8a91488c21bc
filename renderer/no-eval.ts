import { z } from 'zod'

// Zod compiles its parsers with `new Function` where it may. Our content security policy forbids that, and zod's probing
// alone would be reported as a violation; so this runs before any schema is made: it must stay the first import.
z.config({ jitless: true })
