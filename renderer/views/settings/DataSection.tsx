import { useState } from 'react'
import { BackupsCard } from './BackupsCard.tsx'
import { EraseCard, ErasedCard } from './EraseCard.tsx'
import { ExportCard } from './ExportCard.tsx'
import { ImportCard } from './ImportCard.tsx'
import { StorageCard } from './StorageCard.tsx'
import { useCall } from '../../hooks/use-call.ts'
import type { Erased } from '../../../shared/data.ts'

/** What is kept, for how long, how to take it out and in, and how to be rid of it. */
export function DataSection() {
  const answer = useCall('data:get', {})
  const [erased, setErased] = useState<Erased | null>(null)
  if (erased) return <ErasedCard erased={erased} />
  return (
    <div className="stack">
      <StorageCard answer={answer} />
      <BackupsCard answer={answer} />
      <ExportCard />
      <ImportCard />
      <EraseCard folder={answer.value?.folder ?? null} onErased={setErased} />
    </div>
  )
}
