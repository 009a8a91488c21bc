import { useId, type ReactNode } from 'react'

interface CardProps {
  title: string
  aside?: ReactNode
  children: ReactNode
  flush?: boolean
}

export function Card({ title, aside, children, flush = false }: CardProps) {
  const id = useId()
  return (
    <section className="card" aria-labelledby={id}>
      <header className="card-head">
        <h2 id={id}>{title}</h2>
        {aside && <div className="card-aside">{aside}</div>}
      </header>
      <div className={flush ? 'card-flush' : 'card-body'}>{children}</div>
    </section>
  )
}
