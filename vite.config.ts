import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { lingui } from '@lingui/vite-plugin'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Programs that Node or Electron starts; each becomes out/electron/<name>.js. */
const programs = {
  main: at('electron/main.ts'),
  cli: at('electron/cli.ts'),
  'keychain-process': at('electron/secrets/keychain-process.ts'),
  'integrity-thread': at('electron/storage/integrity-thread.ts'),
  'import-thread': at('electron/focus/import-thread.ts'),
  'agent-logs-thread': at('electron/agent-logs/agent-logs-thread.ts'),
}
const present = Object.fromEntries(Object.entries(programs).filter(([, file]) => existsSync(file)))
const preload = at('electron/preload.ts')

/** Browsers know Temporal by themselves by now; where one does not, renderer/main.tsx loads it before it is wanted. */
const nativeTemporal: Plugin = {
  name: 'native-temporal',
  applyToEnvironment: ({ name }) => name === 'client',
  resolveId: (id) => (id === 'temporal-polyfill' ? at('renderer/temporal.ts') : null),
}

/** Native modules are loaded from node_modules; Electron provides itself. Everything else goes into the bundle. */
const external = ['electron', 'better-sqlite3', 'keytar']

export default defineConfig({
  root: at('renderer'),
  base: './',
  plugins: [nativeTemporal, lingui({ macroTransform: true, configPath: at('build/lingui.config.mjs') }), react()],
  builder: {
    async buildApp({ build, environments }) {
      for (const name of ['client', 'node', 'preload']) {
        const environment = environments[name]
        if (environment && (name !== 'preload' || existsSync(preload))) await build(environment)
      }
    },
  },
  environments: {
    client: {
      build: {
        outDir: at('out/renderer'),
        emptyOutDir: true,
        // The content security policy knows no data: addresses, and every browser we meet preloads modules by itself.
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 700,
        modulePreload: { polyfill: false },
      },
    },
    node: {
      resolve: { noExternal: true, external, conditions: ['node', 'import', 'module', 'default'] },
      build: {
        outDir: at('out/electron'),
        emptyOutDir: true,
        copyPublicDir: false,
        target: 'node22',
        chunkSizeWarningLimit: 2_000,
        minify: false,
        rolldownOptions: {
          input: present,
          external,
          // One folder, no subfolders: code finds its neighbours by import.meta.url.
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    },
    preload: {
      resolve: { noExternal: true, external: ['electron'] },
      build: {
        outDir: at('out/electron'),
        emptyOutDir: false,
        copyPublicDir: false,
        target: 'chrome140',
        minify: false,
        rolldownOptions: {
          input: { preload },
          external: ['electron'],
          // A sandboxed preload script is one CommonJS file.
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
  test: {
    root: at('.'),
    include: ['tests/{unit,contract,integration}/**/*.test.{ts,tsx}'],
    alias: { electron: at('tests/fakes/electron.ts') },
    globalSetup: at('tests/own-temp.ts'),
    setupFiles: [at('tests/speak-english.ts')],
    server: { deps: { inline: ['electron-store'] } },
    // The longest ones wait for processes of their own: by itself Vitest would leave one of two processors idle.
    maxWorkers: '100%',
    testTimeout: 90_000,
    hookTimeout: 30_000,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
  },
})
