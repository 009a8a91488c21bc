// What code written for Electron 45 finds missing in Electron 9, and Electron 9 for the rest.
const { fork } = require('child_process')
const electron = require('electron')
const { PassThrough } = require('stream')
const { app, dialog, ipcMain, net, protocol, session } = electron

// Chromium 83 can make no sandbox on newer kernels; it is started without one, and says so by ending the process here.
// The pages get `sandbox: true` all the same, which takes Node from them.
app.enableSandbox = () => undefined
app.getPreferredSystemLanguages = () => [app.getLocale()]

// Before Electron 12 functions and objects crossed the bridge unprotected unless this was asked for.
const BrowserWindow = new Proxy(electron.BrowserWindow, {
  construct: (Window, [options]) =>
    new Window({ ...options, webPreferences: { ...options.webPreferences, worldSafeExecuteJavaScript: true } }),
})

// There since Electron 12, and always so here.
net.isOnline = () => true

// Nobody is there to close it; what it says belongs into the report.
dialog.showErrorBox = (title, message) => console.error(`${title}: ${message}`)

app.on('web-contents-created', (_event, contents) => {
  contents.setWindowOpenHandler = (decide) =>
    contents.on('new-window', (event, url) => decide({ url }).action === 'deny' && event.preventDefault())
  contents.on('did-frame-navigate', (_navigation, _url, _code, _text, isMainFrame, _process, frameId) => {
    if (isMainFrame) contents.mainFrameId = frameId
  })
})

const handle = ipcMain.handle.bind(ipcMain)
ipcMain.handle = (name, listener) =>
  handle(name, (event, ...args) => {
    const url = event.sender.getURL()
    event.senderFrame = { url, parent: event.frameId === event.sender.mainFrameId ? null : {} }
    return listener(event, ...args)
  })

protocol.handle = (scheme, answer) =>
  protocol.registerBufferProtocol(scheme, (request, reply) => {
    void answer({ url: request.url, method: request.method }).then(async (response) => {
      const [mimeType, charset] = (response.headers.get('content-type') || '').split('; charset=')
      reply({
        statusCode: response.status,
        headers: Object.fromEntries(response.headers),
        mimeType,
        charset,
        data: await response.bytes(),
      })
    })
  })

net.fetch = (url, { method = 'GET', headers = {}, body, redirect = 'follow', signal } = {}) =>
  new Promise((resolve, reject) => {
    const request = net.request({ url, method, redirect })
    for (const [name, value] of Object.entries(headers)) request.setHeader(name, value)
    if (signal) signal.addEventListener('abort', () => (reject(signal.reason), request.abort()))
    request.on('error', reject)
    request.on('response', (message) => {
      const stream = new PassThrough()
      message.on('data', (part) => stream.write(part))
      message.on('end', () => stream.end())
      message.on('error', (error) => stream.destroy(error))
      const plain = Object.entries(message.headers).map(([name, value]) => [name, [].concat(value).join(', ')])
      resolve(new Response(stream, { status: message.statusCode, headers: plain }))
    })
    request.end(body)
  })

const utilityProcess = {
  /** As a plain Node process, with the message channel that such a one has. */
  fork(file, args) {
    const child = fork(file, args, { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, execArgv: [], silent: true })
    child.postMessage = (message) => child.send(message)
    return child
  },
}

app.whenReady().then(() => {
  // Asked for permission to use devices; Chromium 83 has none of those.
  session.defaultSession.setDevicePermissionHandler = () => undefined
})

// Each name as a getter of its own: Electron makes its modules when they are first asked for.
for (const name of Object.getOwnPropertyNames(electron)) {
  Object.defineProperty(exports, name, { get: () => electron[name], enumerable: true, configurable: true })
}
for (const [name, value] of Object.entries({ BrowserWindow, utilityProcess })) {
  Object.defineProperty(exports, name, { value, enumerable: true, configurable: true })
}
