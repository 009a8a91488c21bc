import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { builtinModules, createRequire } from 'node:module'
import path from 'node:path'
import { createCompiledCatalog } from '@lingui/cli/api'
import { formatter } from '@lingui/format-po'
import { lingui } from '@lingui/vite-plugin'
import react from '@vitejs/plugin-react'
import { build as buildPages } from 'vite'
import { inRoot } from '../../../build/project.mjs'
import { app, kit } from './provide.mjs'

const shims = inRoot('tests/offline-electron/kit/shims')
const shimOfElectron = path.join(shims, 'electron.cjs')
const native = ['better-sqlite3', 'keytar']

/** The app's own sources, lowered to what Electron 9 understands, as a folder that it can start. */
export async function bundle() {
  const { build } = createRequire(path.join(kit, 'node_modules/'))('esbuild')
  rmSync(app, { recursive: true, force: true })
  for (const name of native) copyNative(name)
  const common = {
    bundle: true,
    logLevel: 'warning',
    outdir: path.join(app, 'electron'),
    nodePaths: [path.join(kit, 'node_modules')],
  }
  await build({
    ...common,
    entryPoints: {
      main: inRoot('electron/main.ts'),
      'keychain-process': inRoot('electron/secrets/keychain-process.ts'),
      'integrity-thread': inRoot('electron/storage/integrity-thread.ts'),
    },
    platform: 'node',
    format: 'cjs',
    target: 'node12.14',
    inject: [path.join(shims, 'node.cjs')],
    banner: { js: "const mainUrl = require('url').pathToFileURL(__filename).href;" },
    define: { 'import.meta.dirname': '__dirname', 'import.meta.url': 'mainUrl' },
    plugins: [ofItsTime, catalogues],
  })
  await build({
    ...common,
    entryPoints: { preload: inRoot('electron/preload.ts') },
    outExtension: { '.js': '.cjs' },
    platform: 'node',
    format: 'cjs',
    target: 'chrome83',
    external: ['electron'],
  })
  writeFileSync(path.join(app, 'package.json'), '{ "name": "offline-electron", "main": "electron/main.js" }')
  await buildPages({
    configFile: false,
    root: inRoot('renderer'),
    base: './',
    logLevel: 'warn',
    plugins: [lingui({ macroTransform: true, configPath: inRoot('build/lingui.config.mjs') }), react(), withPolyfill],
    css: { transformer: 'lightningcss' },
    build: {
      outDir: path.join(app, 'renderer'),
      emptyOutDir: true,
      target: 'chrome83',
      cssTarget: 'chrome83',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2_000,
    },
  })
}

/** Modules that Node 12 knows under another name or not at all, and Electron with its shim before it. */
const ofItsTime = {
  name: 'of its time',
  setup(build) {
    build.onResolve({ filter: /^electron$/ }, ({ importer }) =>
      importer === shimOfElectron ? { path: 'electron', external: true } : { path: shimOfElectron },
    )
    build.onResolve({ filter: /^(node:)?(fs|readline|stream|timers)\/promises$/ }, ({ path: name }) => ({
      path: path.join(shims, `${name.replace(/^node:/, '').replace('/', '-')}.cjs`),
    }))
    build.onResolve({ filter: /^(node:)?[a-z_0-9/]+$/ }, ({ path: name }) => {
      const plain = name.replace(/^node:/, '')
      return builtinModules.includes(plain) ? { path: plain, external: true } : undefined
    })
    build.onResolve({ filter: new RegExp(`^(${native.join('|')})$`) }, ({ path: name }) => ({
      path: name,
      external: true,
    }))
  },
}

/** As the plugin of Vite reads them. */
const catalogues = {
  name: 'catalogues',
  setup(build) {
    build.onLoad({ filter: /\.po$/ }, async ({ path: filename }) => {
      const locale = path.basename(filename, '.po')
      const entries = await formatter().parse(readFileSync(filename, 'utf8'), { locale, sourceLocale: 'en', filename })
      const messages = Object.fromEntries(Object.entries(entries).map(([id, { translation }]) => [id, translation]))
      return { contents: createCompiledCatalog(locale, messages, { namespace: 'es' }).source, loader: 'js' }
    })
  },
}

const withPolyfill = {
  name: 'with polyfill',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('/renderer/main.tsx')
      ? `import ${JSON.stringify(path.join(kit, 'node_modules/core-js/stable/index.js'))};\n${code}`
      : undefined,
}

/** Packages with a native part stay packages, beside the bundle. */
function copyNative(name) {
  const to = path.join(app, 'node_modules', name)
  const needed = (file) => !/\/(deps|src)$|prebuilds\/(?!linux-x64)[^/]+$/.test(file)
  cpSync(inRoot('node_modules', name), to, { recursive: true, dereference: true, filter: needed })
  if (name === 'better-sqlite3') patch(path.join(to, 'prebuilds/linux-x64.node'))
}

/** Node 12 keeps references to objects only, so these two imports lead to napi-shim.so instead. */
function patch(file) {
  let bytes = readFileSync(file).toString('latin1')
  for (const name of ['_create_reference', '_get_reference_value']) {
    bytes = bytes.replaceAll(`\0napi${name}\0`, `\0napx${name}\0`)
  }
  writeFileSync(file, Buffer.from(bytes, 'latin1'))
}
