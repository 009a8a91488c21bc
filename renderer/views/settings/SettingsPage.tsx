import { t } from '@lingui/core/macro'
import { AboutSection } from './AboutSection.tsx'
import { AccountsSection } from './AccountsSection.tsx'
import { AppearanceSection } from './AppearanceSection.tsx'
import { BudgetsSection } from './BudgetsSection.tsx'
import { ChannelsSection } from './ChannelsSection.tsx'
import { DataSection } from './DataSection.tsx'
import { GeneralSection } from './GeneralSection.tsx'
import { RoutingSection } from './RoutingSection.tsx'
import { hrefOf, settingsSections, type SettingsSection } from '../../address.ts'
import { PageHead } from '../../components/PageHead.tsx'
import { SubNav } from '../../components/SubNav.tsx'

const words: Record<SettingsSection, string> = {
  accounts: t`Accounts`,
  budgets: t`Budgets`,
  channels: t`Channels`,
  routing: t`Who hears what`,
  general: t`General`,
  appearance: t`Appearance`,
  data: t`Data`,
  about: t({ message: 'About', context: 'the app itself' }),
}

const sections: Record<SettingsSection, () => React.ReactNode> = {
  accounts: AccountsSection,
  budgets: BudgetsSection,
  channels: ChannelsSection,
  routing: RoutingSection,
  general: GeneralSection,
  appearance: AppearanceSection,
  data: DataSection,
  about: AboutSection,
}

export function SettingsPage({ section }: { section: SettingsSection }) {
  const Section = sections[section]
  return (
    <div className="settings">
      <PageHead title={t`Settings`} />
      <SubNav
        label={t`Settings`}
        current={section}
        places={settingsSections.map((key) => ({
          key,
          label: words[key],
          href: hrefOf({ view: 'settings', section: key }),
        }))}
      />
      <div className="settings-section">
        <Section />
      </div>
    </div>
  )
}
