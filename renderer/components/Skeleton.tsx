/** Holds the place of what is being read, at the size it will have. `size` names a height in styles/parts.css. */
export function Skeleton({ size, count = 1 }: { size: 'line' | 'row' | 'figure' | 'chart' | 'card'; count?: number }) {
  return (
    <div className="skeletons" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={`skeleton skeleton-${size}`} />
      ))}
    </div>
  )
}
