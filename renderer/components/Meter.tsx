export type MeterTone = 'good' | 'near' | 'breached' | 'unknown' | 'plain'

/** A bar from 0 to the limit; `share` may be above 1, and so may `mark`, where it is heading. Decoration beside the same numbers in text. */
export function Meter({ share, tone, mark = null }: { share: number | null; tone: MeterTone; mark?: number | null }) {
  return (
    <div className={`meter meter-${share === null ? 'unknown' : tone}`} aria-hidden="true">
      {share !== null && (
        <div className="meter-fill" style={{ transform: `scaleX(${Math.min(1, Math.max(0, share))})` }} />
      )}
      {mark !== null && <div className="meter-mark" style={{ left: `${Math.min(1, Math.max(0, mark)) * 100}%` }} />}
    </div>
  )
}

export function Progress({ share, label }: { share: number; label: string }) {
  return (
    <div
      className="meter meter-plain"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
    >
      <div className="meter-fill" style={{ transform: `scaleX(${share})` }} />
    </div>
  )
}
