import { useEffect, useRef } from 'react'

interface SubNavProps {
  label: string
  places: readonly { key: string; label: string; href: string }[]
  current: string
}

/** Links between the parts of one page. */
export function SubNav({ label, places, current }: SubNavProps) {
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    // In a row that scrolls by itself the current one may be out of sight.
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])
  return (
    <nav ref={nav} className="sub-nav" aria-label={label}>
      {places.map(({ key, label: text, href }) => (
        <a key={key} href={href} aria-current={key === current ? 'page' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  )
}
