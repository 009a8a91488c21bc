import { lookUp } from '../../shared/look-up.ts'

/** How FOCUS files the spend of a provider: names as on its bill, categories from the lists of the specification. */
export interface ServiceFacts {
  /** Who sends the bill. */
  company: string
  service: string
  category: string
  subcategory: string
  /** What its sub-division is called. */
  subAccount: string
}

const model = { category: 'AI and Machine Learning', subcategory: 'Generative AI' } as const

const services: Record<string, Partial<ServiceFacts>> = {
  openai: { company: 'OpenAI', service: 'OpenAI API', ...model },
  anthropic: { company: 'Anthropic', service: 'Claude API', subAccount: 'Workspace', ...model },
  openrouter: { company: 'OpenRouter', ...model },
  xai: { company: 'xAI', ...model },
  deepseek: { company: 'DeepSeek', ...model },
  elevenlabs: { company: 'ElevenLabs', ...model },
  gcp: { company: 'Google Cloud', service: 'Google Cloud' },
  twilio: {
    company: 'Twilio',
    service: 'Twilio',
    category: 'Integration',
    subcategory: 'Messaging',
    subAccount: 'Subaccount',
  },
}

/** A provider without facts of its own is named by its label, under "Other". */
export function serviceOf(provider: string, label: string): ServiceFacts {
  return factsOf(lookUp(services, provider), label)
}

/** The same of a company that is named in an imported bill. */
export function serviceOfCompany(company: string): ServiceFacts {
  return factsOf(
    Object.values(services).find((one) => one.company === company),
    company,
  )
}

function factsOf(own: Partial<ServiceFacts> | undefined, name: string): ServiceFacts {
  return {
    company: name,
    service: name,
    category: 'Other',
    subcategory: 'Other (Other)',
    subAccount: 'Project',
    ...own,
  }
}
