import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './Button.tsx'
import { Icon } from './Icon.tsx'

export interface MenuChoice {
  label: string
  hint?: string
  run: () => void
}

/** Not modal: radix' modal menus put a style element into the page, which our content security policy forbids. */
export function Menu({
  label,
  choices,
  ...button
}: { label: ReactNode; choices: readonly MenuChoice[] } & Omit<ButtonProps, 'children'>) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button {...button}>
          {label}
          <Icon name="chevron" />
        </Button>
      </DropdownMenu.Trigger>
      {/* Without a portal, so that the menu stays inside of its landmark. */}
      <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
        {choices.map((choice) => (
          <DropdownMenu.Item key={choice.label} className="menu-item" onSelect={choice.run}>
            <span>{choice.label}</span>
            {choice.hint && <span className="quiet small">{choice.hint}</span>}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  )
}
