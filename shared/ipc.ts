import { z } from 'zod'
import { about } from './about.ts'
import { account, accountChange, accountEntry, changeLook, keyCheck, secretText, keyEntry } from './accounts.ts'
import { alertExport, alertExportPiece, alertSearch } from './alert-search.ts'
import { alert, via } from './alerts.ts'
import { currency, instant, positiveAmount, storedAmount } from './amounts.ts'
import { budget, budgetEntry, budgetPreview, previewRequest } from './budgets.ts'
import { capAudit } from './caps.ts'
import { channel, channelChange, channelEntry } from './channels.ts'
import { desktopApp } from './desktop-app.ts'
import { dataState, erased, eraseRequest, retention, retentionPreview } from './data.ts'
import { discovered, lookRequest } from './discovery.ts'
import { failure } from './failures.ts'
import { guardMetrics } from './guard-metrics.ts'
import { importRequest, importState, uploadRequest } from './imports.ts'
import { pause } from './pause.ts'
import { person, personEntry } from './people.ts'
import { plan, planEntry } from './plans.ts'
import { projectPageNames } from './project-pages.ts'
import { providerIds, providerPages } from './providers.ts'
import { manualRateEntry, manualRatePair, ratesState } from './rate-notes.ts'
import { libraryReport, libraryRequest, replayReport, replayRequest } from './replay.ts'
import { hearing, previewAlert, routingChange, savedRouting } from './routing.ts'
import { settings, settingsChange } from './settings.ts'
import {
  dayOrInstant,
  exportFormats,
  history,
  historyRequest,
  monthOutlook,
  outlookRequest,
  pollReport,
  report,
  reportRequest,
  status,
} from './spend.ts'
import { trial } from './trials.ts'
import { verdictNote, verdicts } from './verdicts.ts'

const nothing = z.object({})
const byId = z.object({ id: z.string().min(1) })
/** What somebody does to an alert: who it was, and from where. */
const byHand = byId.extend({
  by: z.string().trim().min(1).max(80).default('you'),
  via: via.exclude(['guard', 'link']).default('app'),
})

const heartbeat = z.object({
  on: z.boolean(),
  host: z.string().nullable(),
  /** When it last got through, in the life of this guard. */
  lastAt: instant.nullable(),
  failure: failure.nullable(),
  /** It is on, and not sent: the guard is paused, and watches nothing. */
  held: z.boolean().default(false),
})

const check = z.object({ name: z.string(), state: z.enum(['ok', 'warning', 'failed']), message: z.string() })

/** Everything a user interface may ask of the guard. Keys go in; no call brings one back. */
export const calls = {
  'status:get': { request: nothing, reply: status },
  'spend:report': { request: reportRequest, reply: report },
  'spend:history': { request: historyRequest, reply: history },
  'spend:outlook': { request: outlookRequest, reply: monthOutlook },
  'spend:export': {
    request: z.object({
      format: z.enum(exportFormats),
      from: dayOrInstant,
      to: dayOrInstant,
      /** Where the piece before ended; null for the first. */
      after: instant.nullable().default(null),
    }),
    /** A long file comes in pieces: `next` goes into the request of the next one; null after the last. */
    reply: z.object({ text: z.string(), rows: z.number().int(), next: instant.nullable() }),
  },
  /** Goes on by itself once it is started: long files take minutes. */
  'imports:start': { request: importRequest, reply: importState },
  /** Pages hand files over, so that nothing they say opens a file of the guard's computer. */
  'imports:upload': { request: uploadRequest, reply: z.object({ upload: z.string(), bytes: z.number() }) },
  'imports:get': { request: byId, reply: importState },
  'polls:run': {
    request: z.object({
      accountId: z.string().nullable().default(null),
      /** The answer waits until whoever is owed a message was told, or cannot be told now. Else it names no deliveries. */
      untilTold: z.boolean().default(true),
    }),
    reply: pollReport,
  },

  /** Nothing is read until then; null: until it is resumed. Everything the guard shows says so. */
  'polling:pause': { request: z.object({ until: instant.nullable() }), reply: pause.nullable() },
  'polling:resume': { request: nothing, reply: pause.nullable() },

  'accounts:list': { request: nothing, reply: z.array(account) },
  'accounts:check-key': { request: keyEntry, reply: keyCheck },
  /** Reads the newest of every source and tells what was understood; nothing is stored. */
  'accounts:try': { request: keyEntry, reply: trial },
  'accounts:add': { request: accountEntry, reply: account.extend({ warnings: z.array(z.string()) }) },
  /** Looks at an account as it would be, with the key that is kept where none is typed; nothing is stored. */
  'accounts:look-at-change': { request: accountChange, reply: changeLook },
  'accounts:change': {
    request: accountChange,
    reply: account.extend({ warnings: z.array(z.string()), means: z.array(z.string()) }),
  },
  'accounts:replace-key': { request: byId.extend({ secret: secretText }), reply: account },
  'accounts:test': { request: byId, reply: keyCheck },
  'accounts:remove': { request: byId, reply: nothing },

  /** Limits at the providers themselves: as they were read last, and read now (of one account, or of all). */
  'caps:list': { request: nothing, reply: z.array(capAudit) },
  'caps:read': { request: z.object({ accountId: z.string().nullable().default(null) }), reply: z.array(capAudit) },
  /** Names of credentials on the computer the guard runs on. It reads no value, and happens only when a person asks. */
  'discovery:look': { request: lookRequest, reply: discovered },

  'budgets:list': { request: nothing, reply: z.array(budget) },
  'budgets:set': { request: budgetEntry, reply: budget },
  'budgets:remove': { request: byId, reply: nothing },
  'budgets:preview': { request: previewRequest, reply: budgetPreview },

  /** Spend that is expected: up to its amount a day it is no reason for an alert. */
  'plans:list': { request: nothing, reply: z.array(plan) },
  'plans:add': { request: planEntry, reply: plan },
  'plans:remove': { request: byId, reply: nothing },

  'channels:list': { request: nothing, reply: z.array(channel) },
  'channels:add': { request: channelEntry, reply: channel },
  'channels:change': { request: channelChange, reply: channel },
  'channels:test': {
    request: byId,
    /** isConfirmed: it is known to have arrived, or not to. Some places only say that they took it. */
    reply: z.object({ delivered: z.boolean(), isConfirmed: z.boolean(), failure: failure.nullable() }),
  },
  'channels:remove': { request: byId, reply: nothing },

  /** Newest first. */
  'alerts:list': { request: alertSearch, reply: z.array(alert) },
  'alerts:export': { request: alertExport, reply: alertExportPiece },
  'alerts:show': { request: byId, reply: alert },
  'alerts:acknowledge': { request: byHand, reply: alert },
  'alerts:snooze': {
    request: byHand.extend({ until: instant, untilAmount: storedAmount.nullable().default(null) }),
    reply: alert,
  },
  'alerts:resolve': { request: byHand, reply: alert },
  /** Unusual or fast spend that is here to stay: resolves the alert, and the level becomes what is usual. */
  'alerts:accept': { request: byHand, reply: alert },
  /** What a person makes of an alert, also of one that is over. It can be changed: the last one counts. */
  'alerts:verdict': {
    request: byHand.extend({
      verdict: z.enum(verdicts),
      /** What would have been spent without it, by their own estimate, in the currency of the alert. */
      prevented: positiveAmount.nullable().default(null),
      note: verdictNote.default(''),
    }),
    reply: alert,
  },

  /** How the guard itself does, of the alerts of so many days; null: of all. */
  'metrics:get': {
    request: z.object({ days: z.number().int().min(1).max(3_660).nullable().default(null) }),
    reply: guardMetrics,
  },

  'routing:get': { request: nothing, reply: savedRouting },
  'routing:set': { request: routingChange, reply: savedRouting },
  /** Who would hear what, when. */
  'routing:preview': {
    request: previewAlert,
    reply: z.object({
      /** Id of the exception that matches. */
      exception: z.string().nullable(),
      /** Whether anything here has that scope; a mistyped account would never be heard of. */
      isKnownScope: z.boolean(),
      hearings: z.array(hearing),
    }),
  },
  'people:list': { request: nothing, reply: z.array(person) },
  'people:save': { request: personEntry, reply: person },
  'people:remove': { request: z.object({ name: z.string() }), reply: nothing },

  'settings:get': { request: nothing, reply: settings },
  'settings:change': { request: settingsChange, reply: settings },

  'rates:get': { request: nothing, reply: ratesState },
  /** A rate that goes before what is published; from today on unless said otherwise. */
  'rates:set': { request: manualRateEntry, reply: ratesState },
  'rates:clear': { request: manualRatePair, reply: ratesState },
  /** A rate that moved too far to be believed is right after all. */
  'rates:accept': { request: z.object({ currency }), reply: ratesState },

  /** What the rules would have said of the person's own history; and of the library of stories. */
  'replay:run': { request: replayRequest, reply: replayReport },
  'replay:library': { request: libraryRequest, reply: libraryReport },

  /** The address is a secret: only its host comes back. */
  'data:get': { request: nothing, reply: dataState },
  /** What would be put together if fine rows were kept for so long. */
  'data:retention': { request: retention, reply: retentionPreview },
  'data:back-up': { request: nothing, reply: dataState },
  /** A backup takes the place of the database, which is backed up before. Settings and keys stay as they are. */
  'data:restore': { request: z.object({ name: z.string().min(1) }), reply: dataState },
  /** Deletes all that the guard ever kept, keys included, and ends it. */
  'data:erase': { request: eraseRequest, reply: erased },

  'heartbeat:get': { request: nothing, reply: heartbeat },
  'heartbeat:set': { request: z.object({ secret: secretText }), reply: heartbeat },
  'heartbeat:remove': { request: nothing, reply: nothing },

  'links:open': {
    /** A page of this provider from our own list; never an address of the caller's. */
    request: z.object({ provider: z.enum(providerIds), page: z.enum(providerPages) }),
    reply: nothing,
  },
  /** Of the desktop app whose window asks; null in a browser. */
  'app:get': { request: nothing, reply: desktopApp.nullable() },
  'app:start-at-login': { request: z.object({ on: z.boolean() }), reply: desktopApp },
  'app:check-for-update': { request: nothing, reply: desktopApp },
  'app:download-update': { request: nothing, reply: desktopApp },
  /** Ends the app, and starts the newer version. */
  'app:install-update': { request: nothing, reply: desktopApp },

  /** A page of the project itself. */
  'links:open-project': { request: z.object({ page: z.enum(projectPageNames) }), reply: nothing },
  'about:get': { request: nothing, reply: about },
  /** What a bug report wants to know, without anything of the person's. */
  'about:diagnostics': { request: nothing, reply: z.object({ text: z.string() }) },
  'doctor:run': { request: nothing, reply: z.object({ checks: z.array(check) }) },
} as const satisfies Record<string, { request: z.ZodType; reply: z.ZodType }>

export type CallName = keyof typeof calls
export type Request<N extends CallName> = z.input<(typeof calls)[N]['request']>
export type ParsedRequest<N extends CallName> = z.output<(typeof calls)[N]['request']>
export type Reply<N extends CallName> = z.output<(typeof calls)[N]['reply']>

const changeable = z.enum(['spend', 'accounts', 'alerts', 'settings'])

/** Everything the guard tells a user interface unasked. A push says that something changed, and little more. */
export const pushes = {
  /** Spend, health or alerts changed: read again what is on the screen. */
  changed: z.object({ what: z.array(changeable) }),
  /** The desktop app is on its way to a newer version. */
  app: desktopApp,
  /** A first back-fill moves on. */
  fill: z.object({ accountId: z.string(), fill: z.number().min(0).max(1), feed: z.string() }),
} as const satisfies Record<string, z.ZodType>

export type PushName = keyof typeof pushes
export type Push<N extends PushName> = z.output<(typeof pushes)[N]>

/** What is told when nobody knows what changed. */
export const allChanged: Push<'changed'> = { what: changeable.options }
