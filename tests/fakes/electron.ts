import { EventEmitter } from 'node:events'
import { tmpdir } from 'node:os'

// What the shell uses of Electron, in memory: it remembers what it was told, and a test plays the person and the system.
// vite.config.ts puts it in Electron's place. Every test gets its own through vi.resetModules().

interface WindowOptions {
  show?: boolean
  webPreferences?: Record<string, unknown>
  [name: string]: unknown
}

class FakeApp extends EventEmitter {
  isFirstInstance = true
  isSandboxed = false
  isPackaged = false
  /** Schemes whose links open this app, with the arguments that come before the link. */
  claimed: { scheme: string; args: string[] }[] = []
  exitCode: number | null = null
  paths: Record<string, string> = { userData: tmpdir() }
  private ready = Promise.withResolvers<void>()

  whenReady = () => this.ready.promise
  /** What Electron does once the main module has been evaluated. */
  becomeReady = () => this.ready.resolve()
  requestSingleInstanceLock = () => this.isFirstInstance
  enableSandbox = () => void (this.isSandboxed = true)
  setAppUserModelId = (_id: string) => undefined
  setAsDefaultProtocolClient = (scheme: string, _path: string, args: string[]) =>
    void this.claimed.push({ scheme, args })
  /** As the system has it; null while it was never set. */
  loginItem: { openAtLogin: boolean; args?: string[] } | null = null
  setLoginItemSettings = (item: NonNullable<FakeApp['loginItem']>) => void (this.loginItem = item)
  getLoginItemSettings = () => ({
    openAtLogin: this.loginItem?.openAtLogin ?? false,
    executableWillLaunchAtLogin: this.loginItem?.openAtLogin ?? false,
    wasOpenedAtLogin: false,
    status: this.loginItem?.openAtLogin ? 'enabled' : 'not-registered',
  })
  getAppPath = () => '/opt/guard'
  getVersion = () => '0.0.0'
  getPreferredSystemLanguages = () => ['en-US']
  getPath = (name: string) => this.paths[name] ?? tmpdir()
  setPath(name: string, path: string): void {
    if (name === 'userData') this.paths[name] = path
  }
  relaunched: { args?: string[]; execPath?: string } | null = null
  relaunch = (options: NonNullable<FakeApp['relaunched']>) => void (this.relaunched = options)
  quit(): void {
    const event = cancellable()
    this.emit('before-quit', event)
    if (!event.defaultPrevented) this.exit(0)
  }
  exit(code = 0): void {
    this.exitCode = code
    this.emit('fake-exit')
  }
}
export const app = new FakeApp()

export class WebContents extends EventEmitter {
  sent: { name: string; push: unknown }[] = []
  decideOnNewWindow: (details: { url: string }) => { action: 'allow' | 'deny' } = () => ({ action: 'allow' })
  private readonly window: BrowserWindow
  constructor(window: BrowserWindow) {
    super()
    this.window = window
  }
  reloads = 0
  getURL = () => this.window.url
  reload = () => void this.reloads++
  isDestroyed = () => this.window.isDestroyed()
  ownerWindow = () => this.window
  send = (name: string, push: unknown) => void this.sent.push({ name, push })
  setWindowOpenHandler = (decide: WebContents['decideOnNewWindow']) => void (this.decideOnNewWindow = decide)
}

export class BrowserWindow extends EventEmitter {
  static opened: BrowserWindow[] = []
  static fromWebContents = (contents: WebContents): BrowserWindow | null => contents.ownerWindow()
  static getAllWindows = () => BrowserWindow.opened.filter((window) => !window.isDestroyed())
  url = ''
  isFocused = false
  bounds: { x: number; y: number; width: number; height: number } | null = null
  title = ''
  menu: Menu | null = null
  isFlashing = false
  readonly webContents: WebContents = new WebContents(this)
  private state: 'hidden' | 'visible' | 'minimized' | 'destroyed' = 'hidden'

  readonly options: WindowOptions

  constructor(options: WindowOptions) {
    super()
    this.options = options
    BrowserWindow.opened.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  async loadURL(url: string): Promise<void> {
    this.url = url
    this.emit('ready-to-show')
  }
  show = () => void (this.state = 'visible')
  hide = () => void (this.state = 'hidden')
  minimize = () => void (this.state = 'minimized')
  restore = () => void (this.state = 'visible')
  focus = () => void (this.isFocused = true)
  isVisible = () => this.state === 'visible'
  isMinimized = () => this.state === 'minimized'
  isDestroyed = () => this.state === 'destroyed'
  setBounds = (bounds: { x: number; y: number; width: number; height: number }) => void (this.bounds = bounds)
  setTitle = (title: string) => void (this.title = title)
  setMenu = (menu: Menu) => void (this.menu = menu)
  flashFrame = (flash: boolean) => void (this.isFlashing = flash)
  setVisibleOnAllWorkspaces = (_on: boolean, _options: object) => undefined
  getNormalBounds = () => ({ x: 10, y: 20, width: 900, height: 700 })
  close(): void {
    const event = cancellable()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }
  destroy(): void {
    this.state = 'destroyed'
    this.emit('closed')
    if (BrowserWindow.getAllWindows().length === 0 && !app.emit('window-all-closed')) app.quit()
  }
  /** The person clicks a link that changes nothing but the part behind the #. */
  followLink(hash: string): void {
    this.url = `${this.url.split('#')[0]}${hash}`
    this.webContents.emit('did-navigate-in-page', {}, this.url)
  }
}

export interface MenuItem {
  label?: string
  type?: string
  role?: string
  enabled?: boolean
  submenu?: MenuItem[]
  click?(): void
}

export class Menu {
  static buildFromTemplate = (items: MenuItem[]) => new Menu(items)
  /** Undefined is Electron's own. */
  static application: Menu | null | undefined
  static setApplicationMenu = (menu: Menu | null) => void (Menu.application = menu)
  readonly items: MenuItem[]
  constructor(items: MenuItem[]) {
    this.items = items
  }
}

export class Tray extends EventEmitter {
  static shown: Tray[] = []
  images: FakeImage[] = []
  toolTip = ''
  title = ''
  menu: Menu | null = null
  private destroyed = false

  constructor(image: FakeImage) {
    super()
    this.images.push(image)
    Tray.shown.push(this)
    app.emit('fake-tray')
  }
  setImage = (image: FakeImage) => void this.images.push(image)
  setToolTip = (text: string) => void (this.toolTip = text)
  setTitle = (title: string) => void (this.title = title)
  setContextMenu = (menu: Menu) => void (this.menu = menu)
  popUpContextMenu = (menu: Menu) => void (this.menu = menu)
  getBounds = () => ({ x: 1_000, y: 0, width: 22, height: 22 })
  isDestroyed = () => this.destroyed
  destroy = () => void (this.destroyed = true)
}

interface Representation {
  scaleFactor: number
  width: number
  height: number
  buffer: Buffer
}
export class FakeImage {
  representations: Representation[] = []
  isTemplate = false
  addRepresentation = (one: Representation) => void this.representations.push(one)
  setTemplateImage = (isTemplate: boolean) => void (this.isTemplate = isTemplate)
}
export const nativeImage = { createEmpty: () => new FakeImage() }
export const systemPreferences = {
  prefersReducedMotion: false,
  getAnimationSettings: () => ({ prefersReducedMotion: systemPreferences.prefersReducedMotion }),
}

export class Notification extends EventEmitter {
  static shown: Notification[] = []
  /** What the system does with the next ones. */
  static behaviour: 'shows' | 'refuses' | 'says nothing' | 'is absent' = 'shows'
  static isSupported = () => Notification.behaviour !== 'is absent'
  readonly options: { title: string; body: string; urgency: string }
  constructor(options: Notification['options']) {
    super()
    this.options = options
  }
  show(): void {
    if (Notification.behaviour === 'refuses') this.emit('failed', {}, 'notifications are switched off')
    if (Notification.behaviour !== 'shows') return
    Notification.shown.push(this)
    this.emit('show')
  }
}

export interface CallEvent {
  senderFrame: { url: string; parent: object | null } | null
}
type CallListener = (event: CallEvent, request: unknown) => unknown
const callListeners = new Map<string, CallListener>()
export const ipcMain = Object.assign(new EventEmitter(), {
  handle: (name: string, listener: CallListener) => void callListeners.set(name, listener),
  /** A page asks. */
  ask: async (name: string, event: CallEvent, request: unknown) => callListeners.get(name)?.(event, request),
  names: () => [...callListeners.keys()],
})

export const ipcRenderer = Object.assign(new EventEmitter(), {
  invoked: [] as { name: string; request: unknown }[],
  async invoke(name: string, request: unknown): Promise<unknown> {
    ipcRenderer.invoked.push({ name, request })
    return { ok: true, value: name }
  },
})
/** What a preload script gave to the page. */
export const exposed: Record<string, unknown> = {}
export const contextBridge = { exposeInMainWorld: (name: string, value: unknown) => void (exposed[name] = value) }

type SchemeHandler = (request: Request) => Promise<Response>
const schemeHandlers = new Map<string, SchemeHandler>()
const privileged: { scheme: string; privileges: Record<string, boolean> }[] = []
export const protocol = {
  privileged,
  registerSchemesAsPrivileged: (schemes: typeof privileged) => void privileged.push(...schemes),
  handle: (scheme: string, handler: SchemeHandler) => void schemeHandlers.set(scheme, handler),
  /** A page asks for an address. */
  async open(url: string, method = 'GET'): Promise<Response | undefined> {
    return schemeHandlers.get(new URL(url).protocol.slice(0, -1))?.(new Request(url, { method }))
  },
}

type Decide = (granted: boolean) => void
const permissions = {
  request: (_contents: unknown, _permission: string, decide: Decide) => decide(true),
  check: (_contents: unknown, _permission: string) => true,
  device: (_details: object) => true,
}
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (ask: typeof permissions.request) => void (permissions.request = ask),
    setPermissionCheckHandler: (ask: typeof permissions.check) => void (permissions.check = ask),
    setDevicePermissionHandler: (ask: typeof permissions.device) => void (permissions.device = ask),
    permissions,
  },
}

const wholeScreen = { workArea: { x: 0, y: 25, width: 1_280, height: 775 } }
export const screen = {
  getCursorScreenPoint: () => ({ x: 1_270, y: 790 }),
  getDisplayMatching: (_rectangle: object) => wholeScreen,
}

export const powerMonitor = new EventEmitter()
export const net = { fetch: globalThis.fetch, online: true, isOnline: (): boolean => net.online }
export const dialog = {
  errors: [] as { title: string; message: string }[],
  showErrorBox: (title: string, message: string) => void dialog.errors.push({ title, message }),
}
export const shell = {
  opened: [] as string[],
  openExternal: async (url: string) => void shell.opened.push(url),
}

/** A process of its own, of which a test plays the other side. */
export class UtilityProcess extends EventEmitter {
  static forked: UtilityProcess[] = []
  messages: unknown[] = []
  readonly file: string
  constructor(file: string) {
    super()
    this.file = file
    UtilityProcess.forked.push(this)
  }
  postMessage = (message: unknown) => void this.messages.push(message)
  kill = () => this.emit('exit', 0)
}
export const utilityProcess = { fork: (file: string) => new UtilityProcess(file) }

export function cancellable() {
  const event = { defaultPrevented: false, preventDefault: () => void (event.defaultPrevented = true) }
  return event
}

export default { app, ipcMain, shell }
