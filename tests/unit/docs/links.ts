import path from 'node:path'
import { lineAt, proseOf, type Page } from './markdown.ts'

const links =
  /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|^ *\[[^\]]+\]: +(\S+)|<(?:a|img)\s[^>]*?(?:href|src)="([^"]+)"/gm

/** What leads nowhere, within the project: files that are not there and headings that no page has. */
export function deadLinks(pages: readonly Page[], exists: (file: string) => boolean): string[] {
  const anchors = new Map(pages.map(({ file, text }) => [file, anchorsOf(text)]))
  return pages.flatMap(({ file, text }) =>
    [...proseOf(text).matchAll(links)].flatMap((found) => {
      const link = found[1] ?? found[2] ?? found[3] ?? ''
      if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(link)) return [] // elsewhere in the world
      const [place = '', anchor] = decodeURI(link).split('#', 2)
      const target = place === '' ? file : path.posix.join(path.posix.dirname(file), place).replace(/\/$/, '')
      const at = `${file}:${lineAt(text, found.index)}: ${link}`
      if (target.startsWith('../') || place.startsWith('/')) return [`${at} leads out of the project`]
      if (!exists(target)) return [`${at} leads nowhere`]
      if (anchor === undefined) return []
      return anchors.get(target)?.has(anchor) ? [] : [`${at}: ${target} has no heading #${anchor}`]
    }),
  )
}

/** As GitHub makes them of headings; the second of the same name gets -1. */
export function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>()
  // Headings may hold code, so they are read from the text and found in what is no block of code.
  const prose = proseOf(text).split('\n')
  for (const [at, line] of text.split('\n').entries()) {
    const heading = /^#{1,6} +(.+?)(?: +#+)? *$/.exec(line)?.[1]
    if (heading === undefined || !prose[at]?.startsWith('#')) continue
    const name = heading
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-')
    let anchor = name
    for (let again = 1; anchors.has(anchor); again++) anchor = `${name}-${again}`
    anchors.add(anchor)
  }
  for (const [, id = ''] of text.matchAll(/<[a-z]+\s[^>]*?\b(?:id|name)="([^"]+)"/g)) anchors.add(id)
  return anchors
}
