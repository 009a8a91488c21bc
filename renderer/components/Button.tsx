import type { ComponentProps } from 'react'
import { Icon, type IconName } from './Icon.tsx'

export interface ButtonProps extends ComponentProps<'button'> {
  look?: 'primary' | 'plain' | 'ghost' | 'danger'
  icon?: IconName
  /** While set the button stays focusable but does nothing, and says so. */
  busy?: boolean
}

export function Button({
  look = 'plain',
  icon,
  busy = false,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={busy ? 'button' : type}
      className={`button button-${look}`}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : onClick}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}
