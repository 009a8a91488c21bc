import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { DoctorCard } from './DoctorCard.tsx'
import { UpdatesCard } from './UpdatesCard.tsx'
import { copyText } from '../../bridge.ts'
import { Answered } from '../../components/Answered.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { DocumentField } from '../../components/Field.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useAction, useCall } from '../../hooks/use-call.ts'
import type { About } from '../../../shared/about.ts'
import type { ProjectPage } from '../../../shared/project-pages.ts'

export function AboutSection() {
  const answer = useCall('about:get', {})
  return (
    <div className="stack">
      <Card title="API Spend Guard">
        <Answered answer={answer} waiting={<Skeleton size="figure" count={3} />}>
          {(about) => <Facts about={about} />}
        </Answered>
        <Links />
      </Card>
      <UpdatesCard />
      <DoctorCard />
      <DiagnosticsCard />
    </div>
  )
}

const stores: Record<About['secretStore'], string> = {
  keychain: t`In the keychain of the system`,
  vault: t`In the encrypted vault in the data folder`,
  memory: t`In memory, for as long as the guard runs`,
}

function Facts({ about: { version, licence, runtime, system, dataDir, secretStore } }: { about: About }) {
  const facts = [
    [t`Version`, version],
    [t`Licence`, licence],
    [t`Runs on`, `${runtime}; ${system}`],
    [t`Data folder`, dataDir],
    [t`Keys`, stores[secretStore]],
  ]
  return (
    <dl className="about-facts">
      {facts.map(([name, fact]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  )
}

const pages: [ProjectPage, string][] = [
  ['docs', t`Documentation`],
  ['source', t`Source code`],
  ['licence', t`Licence`],
  ['releases', t`What is new`],
  ['issues', t`Report a problem`],
  ['security', t`Report a security hole`],
]

function Links() {
  const open = useAction('links:open-project')
  return (
    <div className="buttons card-part">
      {pages.map(([page, label]) => (
        <Button key={page} icon="open" onClick={() => void open.run({ page })}>
          {label}
        </Button>
      ))}
    </div>
  )
}

/** Shown before it is copied: who reports a bug in public sees what they are about to say. */
function DiagnosticsCard() {
  const diagnostics = useAction('about:diagnostics')
  const [copied, setCopied] = useState(false)
  const text = diagnostics.value?.text
  return (
    <Card
      title={t`For a bug report`}
      aside={
        <Button
          busy={diagnostics.busy}
          onClick={() => {
            setCopied(false)
            void diagnostics.run({})
          }}
        >{t`Collect diagnostics`}</Button>
      }
    >
      <div className="form">
        <p className="quiet">{t`Versions, kinds and counts of accounts and channels, settings, and the newest lines of the log. No label, key, address or amount spent.`}</p>
        {diagnostics.failure && <FailureNote failure={diagnostics.failure} />}
        {text !== undefined && (
          <>
            <DocumentField label={t`Diagnostics`} rows={10} value={text} onChange={() => undefined} />
            <div className="buttons buttons-end">
              {copied && <span className="quiet small" role="status">{t`Copied`}</span>}
              <Button look="primary" onClick={() => void copyText(text).then(setCopied)}>{t`Copy`}</Button>
            </div>
          </>
        )}
      </div>
    </Card>
  )
}
