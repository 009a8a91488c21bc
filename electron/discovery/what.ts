import type { Ability } from '../../shared/discovery.ts'

/**
 * What gives away that a provider is used here: names of variables, and places where its tools keep their files. Data,
 * one entry a provider, keyed by the provider's id whether this version can watch it or not. Names are those the providers'
 * own documentation gives, or, for admin keys, what programs that use them agree on; places are those of the providers'
 * own tools (looked up on 2026-11-25).
 */
export const what: Record<string, Recognised> = {
  openai: {
    label: 'OpenAI',
    variables: {
      OPENAI_ADMIN_KEY: 'bill',
      OPENAI_ADMIN_API_KEY: 'bill',
      OPENAI_API_KEY: 'spend',
      CODEX_API_KEY: 'spend',
    },
  },
  anthropic: {
    label: 'Anthropic',
    variables: {
      ANTHROPIC_ADMIN_KEY: 'bill',
      ANTHROPIC_ADMIN_API_KEY: 'bill',
      ANTHROPIC_API_KEY: 'spend',
      ANTHROPIC_AUTH_TOKEN: 'spend',
      CLAUDE_API_KEY: 'spend',
      CLAUDE_CODE_OAUTH_TOKEN: 'spend',
    },
  },
  gcp: {
    label: 'Google Cloud',
    variables: {
      GOOGLE_APPLICATION_CREDENTIALS: 'depends',
      GOOGLE_APPLICATION_CREDENTIALS_JSON: 'depends',
      GOOGLE_CREDENTIALS: 'depends',
      GEMINI_API_KEY: 'spend',
      GOOGLE_API_KEY: 'spend',
      GOOGLE_GENERATIVE_AI_API_KEY: 'spend',
    },
    places: [
      // The variable says where a file is: it is a place, and shown only where there is a file.
      { path: '$GOOGLE_APPLICATION_CREDENTIALS', names: 'service account file', ability: 'depends' },
      ...['$CLOUDSDK_CONFIG', '~/.config/gcloud', '$APPDATA/gcloud'].flatMap((folder): Place[] => [
        { path: `${folder}/configurations`, names: 'configurations', ability: 'depends' },
        {
          path: `${folder}/application_default_credentials.json`,
          names: 'application default credentials',
          ability: 'depends',
        },
      ]),
    ],
  },
  aws: {
    label: 'AWS',
    variables: { AWS_SECRET_ACCESS_KEY: 'depends', AWS_BEARER_TOKEN_BEDROCK: 'spend' },
    places: [
      { path: '$AWS_CONFIG_FILE', names: 'sections', ability: 'depends' },
      { path: '$AWS_SHARED_CREDENTIALS_FILE', names: 'sections', ability: 'depends' },
      { path: '~/.aws/config', names: 'sections', ability: 'depends' },
      { path: '~/.aws/credentials', names: 'sections', ability: 'depends' },
    ],
  },
  azure: {
    label: 'Azure',
    variables: {
      AZURE_CLIENT_SECRET: 'depends',
      ARM_CLIENT_SECRET: 'depends',
      AZURE_OPENAI_API_KEY: 'spend',
      AZURE_OPENAI_KEY: 'spend',
    },
    places: [
      { path: '$AZURE_CONFIG_DIR/azureProfile.json', names: 'profile of the Azure CLI', ability: 'depends' },
      { path: '~/.azure/azureProfile.json', names: 'profile of the Azure CLI', ability: 'depends' },
    ],
  },
  twilio: {
    label: 'Twilio',
    variables: { TWILIO_AUTH_TOKEN: 'broad', TWILIO_API_SECRET: 'depends', TWILIO_API_KEY_SECRET: 'depends' },
    places: [{ path: '~/.twilio-cli/config.json', names: 'login of the Twilio CLI', ability: 'depends' }],
  },
  openrouter: {
    label: 'OpenRouter',
    variables: {
      OPENROUTER_MANAGEMENT_KEY: 'bill',
      OPENROUTER_MANAGEMENT_API_KEY: 'bill',
      OPENROUTER_PROVISIONING_KEY: 'bill',
      OPENROUTER_API_KEY: 'spend',
    },
  },
  github: {
    label: 'GitHub',
    variables: {
      GITHUB_TOKEN: 'depends',
      GH_TOKEN: 'depends',
      GITHUB_PAT: 'depends',
      GH_ENTERPRISE_TOKEN: 'depends',
      GITHUB_ENTERPRISE_TOKEN: 'depends',
    },
    places: ['$GH_CONFIG_DIR', '$XDG_CONFIG_HOME/gh', '$APPDATA/GitHub CLI'].map((folder) => ({
      path: `${folder}/hosts.yml`,
      names: 'hosts',
      ability: 'depends',
    })),
  },
  vercel: {
    label: 'Vercel',
    variables: { VERCEL_TOKEN: 'depends', VERCEL_API_TOKEN: 'depends', AI_GATEWAY_API_KEY: 'spend' },
    places: ['$XDG_DATA_HOME', '~/Library/Application Support', '$APPDATA/xdg.data'].map((folder) => ({
      path: `${folder}/com.vercel.cli/auth.json`,
      names: 'login of the Vercel CLI',
      ability: 'depends',
    })),
  },
  cloudflare: {
    label: 'Cloudflare',
    variables: {
      CLOUDFLARE_API_TOKEN: 'depends',
      CF_API_TOKEN: 'depends',
      CLOUDFLARE_API_KEY: 'broad',
      CF_API_KEY: 'broad',
    },
    places: ['~', '$XDG_CONFIG_HOME', '~/Library/Preferences', '$APPDATA/xdg.config'].map((folder) => ({
      path: `${folder}/.wrangler/config/default.toml`,
      names: 'login of Wrangler',
      ability: 'depends',
    })),
  },
  elevenlabs: {
    label: 'ElevenLabs',
    variables: { ELEVENLABS_API_KEY: 'depends', ELEVEN_API_KEY: 'depends', XI_API_KEY: 'depends' },
  },
  deepseek: { label: 'DeepSeek', variables: { DEEPSEEK_API_KEY: 'broad' } },
  xai: {
    label: 'xAI',
    variables: { XAI_MANAGEMENT_KEY: 'bill', XAI_MANAGEMENT_API_KEY: 'bill', XAI_API_KEY: 'spend' },
  },
  mistral: {
    label: 'Mistral',
    variables: {
      MISTRAL_ADMIN_KEY: 'bill',
      MISTRAL_ADMIN_API_KEY: 'bill',
      MISTRAL_API_KEY: 'spend',
      CODESTRAL_API_KEY: 'spend',
    },
  },
  cursor: {
    label: 'Cursor',
    variables: { CURSOR_ADMIN_KEY: 'bill', CURSOR_ADMIN_API_KEY: 'bill', CURSOR_API_KEY: 'spend' },
  },
  datadog: {
    label: 'Datadog',
    variables: {
      DD_APP_KEY: 'depends',
      DD_APPLICATION_KEY: 'depends',
      DATADOG_APP_KEY: 'depends',
      DD_API_KEY: 'spend',
      DATADOG_API_KEY: 'spend',
    },
    places: [
      { path: '~/.dogrc', names: 'keys of dogshell', ability: 'depends' },
      { path: '/etc/datadog-agent/datadog.yaml', names: 'settings of the Datadog agent', ability: 'spend' },
      { path: '/opt/datadog-agent/etc/datadog.yaml', names: 'settings of the Datadog agent', ability: 'spend' },
      { path: '$ProgramData/Datadog/datadog.yaml', names: 'settings of the Datadog agent', ability: 'spend' },
    ],
  },
  'agent-logs': {
    label: 'Agent logs',
    variables: {},
    places: [
      ...logs('Claude Code', '$CLAUDE_CONFIG_DIR', '$XDG_CONFIG_HOME/claude', '~/.claude'),
      ...logs('Codex', '$CODEX_HOME', '~/.codex'),
      ...logs('Gemini CLI', '~/.gemini'),
      ...logs('OpenCode', '$XDG_DATA_HOME/opencode'),
      ...logs('Copilot CLI', '~/.copilot'),
      ...logs('Qwen Code', '~/.qwen'),
      ...logs('Kilo', '$XDG_DATA_HOME/kilo'),
      ...logs('Goose', '$XDG_DATA_HOME/goose'),
      ...logs('Pi', '$PI_CODING_AGENT_DIR', '~/.pi'),
    ],
  },
  cohere: { label: 'Cohere', variables: { COHERE_API_KEY: 'spend' } },
  deepgram: { label: 'Deepgram', variables: { DEEPGRAM_API_KEY: 'depends' } },
  digitalocean: {
    label: 'DigitalOcean',
    variables: { DIGITALOCEAN_ACCESS_TOKEN: 'depends', DIGITALOCEAN_TOKEN: 'depends' },
  },
  fireworks: { label: 'Fireworks', variables: { FIREWORKS_API_KEY: 'depends' } },
  groq: { label: 'Groq', variables: { GROQ_API_KEY: 'spend' } },
  moonshot: { label: 'Moonshot', variables: { MOONSHOT_API_KEY: 'broad' } },
  neon: { label: 'Neon', variables: { NEON_API_KEY: 'depends' } },
  perplexity: { label: 'Perplexity', variables: { PERPLEXITY_API_KEY: 'spend', PPLX_API_KEY: 'spend' } },
  railway: { label: 'Railway', variables: { RAILWAY_API_TOKEN: 'depends', RAILWAY_TOKEN: 'depends' } },
  replicate: { label: 'Replicate', variables: { REPLICATE_API_TOKEN: 'spend' } },
  snowflake: { label: 'Snowflake', variables: { SNOWFLAKE_PASSWORD: 'depends' } },
  stripe: { label: 'Stripe', variables: { STRIPE_SECRET_KEY: 'broad', STRIPE_API_KEY: 'broad' } },
  together: { label: 'Together', variables: { TOGETHER_API_KEY: 'spend' } },
  voyage: { label: 'Voyage', variables: { VOYAGE_API_KEY: 'spend' } },
}

export interface Recognised {
  label: string
  /** What a credential under this name can usually do. */
  variables: Readonly<Record<string, Ability>>
  places?: readonly Place[]
}

export interface Place {
  /**
   * With `/` on every system. It may begin with `~` (home) or `$NAME`, a variable that holds a folder or a file, never
   * a secret. A place that does not exist on this system is simply not there.
   */
  path: string
  /**
   * What is taken from it. `sections` of an INI file, `hosts` of the GitHub CLI, `configurations` of gcloud; any other
   * text is a name of ours for the whole file or folder, which is then not opened.
   */
  names: string
  ability: Ability
}

/** Where people export variables for every program they start. */
export const shellFiles = ['.profile', '.bash_profile', '.bashrc', '.zshenv', '.zprofile', '.zshrc'].map(
  (name) => `~/${name}`,
)

function logs(agent: string, ...folders: string[]): Place[] {
  return folders.map((path) => ({ path, names: agent, ability: 'logs' }))
}

/** Longest first, so that AZURE_OPENAI_API_KEY is not taken for OPENAI_API_KEY. */
const variables = Object.entries(what)
  .flatMap(([provider, { variables: names }]) =>
    Object.entries(names).map(([name, ability]) => ({ provider, ability, name })),
  )
  .sort((a, b) => b.name.length - a.name.length)
  .map((known) => ({ ...known, shape: new RegExp(`(^|_)${known.name}(_|$)`) }))

/** These end the name of something that is about a key, not of a key. */
const aboutKey = /_(FILE|PATH|DIR|NAME|ID|URL|URI|ARN|HASH|HEADER|EXPIRES?|EXPIRY)$/

/** Whose credential a variable of this name is: the name itself, or with words before or after it, as in PROD_… or …_2. */
export function recognise(name: string): { provider: string; ability: Ability } | null {
  const upper = name.toUpperCase()
  if (upper.length > 100 || aboutKey.test(upper)) return null
  const known = variables.find(({ shape }) => shape.test(upper))
  return known ? { provider: known.provider, ability: known.ability } : null
}
