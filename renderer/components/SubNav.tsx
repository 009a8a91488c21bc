interface SubNavProps {
  label: string
  places: readonly { key: string; label: string; href: string }[]
  current: string
}

/** Links between the parts of one page. */
export function SubNav({ label, places, current }: SubNavProps) {
  return (
    <nav className="sub-nav" aria-label={label}>
      {places.map(({ key, label: text, href }) => (
        <a key={key} href={href} aria-current={key === current ? 'page' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  )
}
