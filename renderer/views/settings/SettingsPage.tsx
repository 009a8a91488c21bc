import { AccountsSection } from './AccountsSection.tsx'
import { BudgetsSection } from './BudgetsSection.tsx'
import { ChannelsSection } from './ChannelsSection.tsx'
import { GeneralSection } from './GeneralSection.tsx'
import { RoutingSection } from './RoutingSection.tsx'
import { hrefOf, settingsSections, type SettingsSection } from '../../address.ts'
import { PageHead } from '../../components/PageHead.tsx'
import { SubNav } from '../../components/SubNav.tsx'

const words: Record<SettingsSection, string> = {
  accounts: 'Accounts',
  budgets: 'Budgets',
  channels: 'Channels',
  routing: 'Who hears what',
  general: 'General',
}

const sections: Record<SettingsSection, () => React.ReactNode> = {
  accounts: AccountsSection,
  budgets: BudgetsSection,
  channels: ChannelsSection,
  routing: RoutingSection,
  general: GeneralSection,
}

export function SettingsPage({ section }: { section: SettingsSection }) {
  const Section = sections[section]
  return (
    <div className="settings">
      <PageHead title="Settings" />
      <SubNav
        label="Settings"
        current={section}
        places={settingsSections.map((key) => ({
          key,
          label: words[key],
          href: hrefOf({ view: 'settings', section: key }),
        }))}
      />
      <Section />
    </div>
  )
}
