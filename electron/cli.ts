#!/usr/bin/env node
import { run } from './cli/run.ts'

// Whoever reads along (head, less) may have seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

process.exitCode = await run(process.argv.slice(2))
