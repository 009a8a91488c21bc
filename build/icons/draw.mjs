import { readFileSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { inRoot } from '../project.mjs'

// usage: node build/icons/draw.mjs   draws icon.svg anew as the files that installers want (needs Chromium)

/** macOS leaves a margin around the shape, the others do not. */
const margin = { mac: 3.9, others: 0 }
/** Kinds of an icns file by their size in pixels; some are the same picture for a screen of double density. */
const macKinds = {
  32: ['ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: ['--no-sandbox'] })
const page = await browser.newPage()

async function draw(size, around) {
  const box = `${-around} ${-around} ${32 + 2 * around} ${32 + 2 * around}`
  const svg = readFileSync(inRoot('build/icons/icon.svg'), 'utf8').replace('0 0 32 32', box)
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: ${size}px }</style>${svg}`)
  return page.screenshot({ omitBackground: true })
}

/** https://en.wikipedia.org/wiki/Apple_Icon_Image_format: kind, length, picture, again and again. */
function icns(pictures) {
  const block = (kind, data) => {
    const head = Buffer.from(`${kind}0000`)
    head.writeUInt32BE(data.length + 8, 4)
    return Buffer.concat([head, data])
  }
  return block('icns', Buffer.concat(pictures.map(([kind, png]) => block(kind, png))))
}

/** https://en.wikipedia.org/wiki/ICO_(file_format): a list of where each picture begins, then the pictures. */
function ico(pictures) {
  const head = Buffer.from([0, 0, 1, 0, pictures.length, 0])
  let offset = head.length + 16 * pictures.length
  const entries = pictures.map(([size, png]) => {
    const entry = Buffer.from([size % 256, size % 256, 0, 0, 1, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    entry.writeUInt32LE(png.length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png.length
    return entry
  })
  return Buffer.concat([head, ...entries, ...pictures.map(([, png]) => png)])
}

const forMac = []
for (const [size, kinds] of Object.entries(macKinds)) {
  const png = await draw(Number(size), margin.mac)
  for (const kind of kinds) forMac.push([kind, png])
}
const forWindows = []
for (const size of [16, 24, 32, 48, 64, 256]) forWindows.push([size, await draw(size, margin.others)])

writeFileSync(inRoot('build/icons/icon.icns'), icns(forMac))
writeFileSync(inRoot('build/icons/icon.ico'), ico(forWindows))
writeFileSync(inRoot('build/icons/icon.png'), await draw(512, margin.others))
await browser.close()
