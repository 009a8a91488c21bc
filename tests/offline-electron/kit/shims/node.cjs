// What code written for Node 24 finds missing in the Node 12 of Electron 9. A shim behaves like the real thing as far as
// the app uses it; what is not here fails by its own name.
require('core-js/stable')
const crypto = require('crypto')
const fs = require('fs')
const http = require('http')
const stream = require('stream')
const util = require('util')

function define(object, name, value) {
  if (object[name] === undefined) Object.defineProperty(object, name, { value, writable: true, configurable: true })
}

define(globalThis, 'performance', require('perf_hooks').performance)
define(globalThis, 'TextDecoder', util.TextDecoder)
define(globalThis, 'TextEncoder', util.TextEncoder)

class Event {
  detail = null
  constructor(type, { detail = null } = {}) {
    this.type = type
    this.detail = detail
  }
}
define(globalThis, 'Event', Event)
define(globalThis, 'CustomEvent', Event)

class EventTarget {
  listeners = []
  addEventListener(type, listener) {
    this.listeners.push({ type, listener })
  }
  removeEventListener(type, listener) {
    this.listeners = this.listeners.filter((one) => one.type !== type || one.listener !== listener)
  }
  dispatchEvent(event) {
    for (const { type, listener } of this.listeners) if (type === event.type) listener(event)
    return true
  }
}
define(globalThis, 'EventTarget', EventTarget)

class AbortSignal extends EventTarget {
  aborted = false
  static timeout(ms) {
    const controller = new AbortController()
    const error = Object.assign(new Error('The operation was aborted due to timeout'), { name: 'TimeoutError' })
    setTimeout(() => controller.abort(error), ms).unref()
    return controller.signal
  }
  static any(signals) {
    const controller = new AbortController()
    for (const signal of signals) {
      if (signal.aborted) controller.abort(signal.reason)
      else signal.addEventListener('abort', () => controller.abort(signal.reason))
    }
    return controller.signal
  }
}
class AbortController {
  signal = new AbortSignal()
  abort(reason = Object.assign(new Error('This operation was aborted'), { name: 'AbortError' })) {
    if (this.signal.aborted) return
    Object.assign(this.signal, { aborted: true, reason })
    this.signal.dispatchEvent(new Event('abort'))
  }
}
define(globalThis, 'AbortSignal', AbortSignal)
define(globalThis, 'AbortController', AbortController)

class Headers extends Map {
  constructor(init = {}) {
    super()
    for (const [name, value] of init[Symbol.iterator] ? init : Object.entries(init)) this.set(name, value)
  }
  set(name, value) {
    return super.set(String(name).toLowerCase(), String(value))
  }
  get(name) {
    const value = super.get(String(name).toLowerCase())
    return value === undefined ? null : value
  }
}
define(globalThis, 'Headers', Headers)

/** Over a whole body (text or bytes) or a Node stream. */
class Response {
  constructor(source, { status = 200, headers = {} } = {}) {
    this.status = status
    this.ok = status >= 200 && status < 300
    this.headers = new Headers(headers)
    const whole = typeof source === 'string' || source instanceof Uint8Array
    this.stream = whole ? stream.Readable.from([Buffer.from(source)]) : source
    this.body = this.stream && { getReader: () => this.reader(), cancel: async () => void this.stream.destroy() }
  }
  reader() {
    const parts = this.stream[Symbol.asyncIterator]()
    return { read: async () => parts.next(), cancel: async () => void this.stream.destroy() }
  }
  async bytes() {
    const parts = []
    if (this.stream) for await (const part of this.stream) parts.push(part)
    return Buffer.concat(parts)
  }
  async text() {
    return (await this.bytes()).toString('utf8')
  }
  async json() {
    return JSON.parse(await this.text())
  }
}
define(globalThis, 'Response', Response)

define(crypto, 'randomUUID', () => {
  const bytes = crypto.randomBytes(16)
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
})
define(globalThis, 'crypto', {
  randomUUID: crypto.randomUUID,
  getRandomValues: (array) => crypto.randomFillSync(array),
})

define(stream.Readable.prototype, 'iterator', function () {
  return this[Symbol.asyncIterator]()
})

const { toString } = Buffer.prototype
Buffer.prototype.toString = function (encoding, ...range) {
  if (encoding !== 'base64url') return toString.call(this, encoding, ...range)
  return toString
    .call(this, 'base64', ...range)
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '')
}

for (const name of ['statSync', 'lstatSync']) {
  const call = fs[name]
  fs[name] = (path, options) => {
    try {
      return call(path, options)
    } catch (error) {
      if (options && options.throwIfNoEntry === false && error.code === 'ENOENT') return undefined
      throw error
    }
  }
}
define(fs, 'rmSync', (path, { force = false, recursive = false } = {}) => {
  try {
    if (fs.lstatSync(path).isDirectory()) fs.rmdirSync(path, { recursive })
    else fs.unlinkSync(path)
  } catch (error) {
    if (!force || error.code !== 'ENOENT') throw error
  }
})

const sockets = new WeakMap()
const { listen } = http.Server.prototype
http.Server.prototype.listen = function (...args) {
  sockets.set(this, new Set())
  this.on('connection', (socket) => {
    sockets.get(this).add(socket)
    socket.once('close', () => sockets.get(this).delete(socket))
  })
  return listen.apply(this, args)
}
define(http.Server.prototype, 'closeAllConnections', function () {
  for (const socket of sockets.get(this) || []) socket.destroy()
})
