import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Stands in every place of the home where a secret would be. It must come out nowhere. */
export const canary = 'c4n4ry'

/** The home of somebody who uses a dozen providers, as their own tools leave it behind. */
export function createHome(): string {
  const home = mkdtempSync(path.join(tmpdir(), 'spend-guard-home-'))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(home, file)), { recursive: true })
    writeFileSync(path.join(home, file), text)
  }
  return home
}

/** What `env` holds beside it. */
export const secretEnvironment = {
  OPENAI_API_KEY: `sk-proj-${canary}`,
  STAGING_ANTHROPIC_API_KEY: `sk-ant-api03-${canary}`,
}

const pem = `"-----BEGIN PRIVATE KEY-----
OPENAI_API_KEY=${canary}
DEEPSEEK_API_KEY="
`

const files: Record<string, string> = {
  'shop/.git/HEAD': 'ref: refs/heads/main\n',
  'shop/.env': `# the shop
OPENAI_ADMIN_KEY="sk-admin-${canary}" # ${canary}
DB_PASSWORD=${canary}
PRIVATE_KEY=${pem}
export MISTRAL_API_KEY='${canary}'
`,
  'shop/.env.example': 'GROQ_API_KEY=\n',
  'shop/apps/web/.env.local': `XAI_API_KEY=${canary}\n`,
  'shop/node_modules/some/.env': `COHERE_API_KEY=${canary}\n`,
  '.zshrc': `alias ll='ls -l'\nexport DATADOG_API_KEY=${canary}\n`,
  '.aws/config': `[default]\nregion = eu-west-1\n[profile work]\nsso_account_id = ${canary}\n`,
  '.aws/credentials': `[default]\naws_access_key_id = AKIA${canary}\naws_secret_access_key = [${canary}]\n`,
  '.config/gcloud/configurations/config_default': `[core]\naccount = ${canary}\n`,
  '.config/gcloud/application_default_credentials.json': `{"refresh_token":"${canary}"}`,
  '.azure/azureProfile.json': `{"subscriptions":[{"id":"${canary}"}]}`,
  '.config/gh/hosts.yml': `github.com:\n    oauth_token: gho_${canary}\n    user: ${canary}\n`,
  '.local/share/com.vercel.cli/auth.json': `{"token":"${canary}"}`,
  '.config/.wrangler/config/default.toml': `oauth_token = "${canary}"\n`,
  '.dogrc': `[Connection]\napikey = ${canary}\n`,
  '.twilio-cli/config.json': `{"profiles":{"${canary}":{}}}`,
  '.claude/.credentials.json': `{"accessToken":"${canary}"}`,
  '.codex/auth.json': `{"OPENAI_API_KEY":"${canary}"}`,
  '.gemini/oauth_creds.json': `{"access_token":"${canary}"}`,
}
