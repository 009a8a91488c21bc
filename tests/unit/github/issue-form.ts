import { z } from 'zod'
import { parseYaml, schemaProblems } from './workflow.ts'

// https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
// read 2026-11-25. A form with a fault is left out of the list without a word.

const text = z.string().min(1)
const unique = (list: readonly string[]) => new Set(list).size === list.length
const id = z.string().regex(/^[\w-]+$/)
const validations = z.strictObject({ required: z.boolean() }).optional()
const words = { label: text, description: text.optional() }
const typed = { ...words, placeholder: text.optional(), value: text.optional() }

const field = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('markdown'), attributes: z.strictObject({ value: text }) }),
  z.strictObject({ type: z.literal('input'), id, attributes: z.strictObject(typed), validations }),
  z.strictObject({
    type: z.literal('textarea'),
    id,
    attributes: z.strictObject({ ...typed, render: text.optional() }),
    validations,
  }),
  z.strictObject({
    type: z.literal('dropdown'),
    id,
    attributes: z.strictObject({
      ...words,
      multiple: z.boolean().optional(),
      default: z.number().int().optional(),
      options: z.array(text).min(1).refine(unique, 'an option stands twice'),
    }),
    validations,
  }),
  z.strictObject({
    type: z.literal('checkboxes'),
    id,
    attributes: z.strictObject({
      ...words,
      label: text,
      options: z.array(z.strictObject({ label: text, required: z.boolean().optional() })).min(1),
    }),
  }),
])

const form = z.strictObject({
  name: text,
  description: text,
  labels: z.array(text).min(1),
  body: z
    .array(field)
    .refine((body) => body.some(({ type }) => type !== 'markdown'), 'asks nothing')
    .refine((body) => unique(body.flatMap((one) => ('id' in one ? one.id : []))), 'an id stands twice')
    .refine((body) => unique(body.flatMap((one) => ('id' in one ? one.attributes.label : []))), 'a label stands twice'),
})

export function issueFormProblems(file: string, text: string): string[] {
  const { problems, value } = parseYaml(file, text)
  return problems.length > 0 ? problems : schemaProblems(file, form, value)
}

const chooser = z.strictObject({
  blank_issues_enabled: z.boolean(),
  contact_links: z.array(z.strictObject({ name: text, url: z.url({ protocol: /^https$/ }), about: text })),
})

export function chooserProblems(file: string, text: string): string[] {
  const { problems, value } = parseYaml(file, text)
  return problems.length > 0 ? problems : schemaProblems(file, chooser, value)
}
