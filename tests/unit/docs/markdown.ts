import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Page {
  /** From the root of the project, with forward slashes. */
  file: string
  text: string
}

/** One line of a fenced block (with the lines that it continues on), or one span within a sentence. */
export interface Code {
  text: string
  line: number
  fenced: boolean
}

export const root = fileURLToPath(new URL('../../..', import.meta.url))

const notOurs = new Set(['node_modules', 'out', 'dist', 'test-results', 'playwright-report'])

/** Every page of the project, whatever folder it is in. */
export function readPages(folder = ''): Page[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name)
    if (entry.isDirectory()) {
      const hidden = entry.name.startsWith('.') && entry.name !== '.github'
      return hidden || notOurs.has(entry.name) ? [] : readPages(file)
    }
    return file.endsWith('.md') ? [{ file, text: readFileSync(path.join(root, file), 'utf8') }] : []
  })
}

/** The page without its code; what is left stays in its line. */
export function proseOf(text: string): string {
  return blank(withoutFences(text), spans)
}

export function codeOf(text: string): Code[] {
  const inline = [...withoutFences(text).matchAll(spans)].map((found) => ({
    text: (found[2] ?? '').trim().replace(/\s+/g, ' '),
    line: lineAt(text, found.index),
    fenced: false,
  }))
  return [...fencedLines(text), ...inline].sort((a, b) => a.line - b.line)
}

export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}

/** A span may go on in the next line, but not in the next paragraph. */
const spans = /(?<!`)(`+)(?!`)((?:(?!\n\s*\n)[^])+?)(?<!`)\1(?!`)/g
const fences = /^ *(`{3,}|~{3,})[^\n]*\n([^]*?)^ *\1/gm

function withoutFences(text: string): string {
  return blank(text, fences)
}

function blank(text: string, what: RegExp): string {
  return text.replace(what, (found) => found.replace(/[^\n]/g, ' '))
}

function fencedLines(text: string): Code[] {
  return [...text.matchAll(fences)].flatMap((block) => {
    const first = lineAt(text, block.index) + 1
    const lines = (block[2] ?? '').split('\n')
    return lines.flatMap((line, at) => {
      if (lines[at - 1]?.endsWith('\\')) return [] // it belongs to the line above
      let [whole, next] = [line, at]
      while (whole.endsWith('\\')) whole = `${whole.slice(0, -1)} ${lines[++next] ?? ''}`
      return whole.trim() === '' ? [] : [{ text: whole.trim(), line: first + at, fenced: true }]
    })
  })
}
