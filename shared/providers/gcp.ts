import type { ProviderFacts } from './facts.ts'

export const gcp = {
  label: 'Google Cloud',
  key: {
    name: 'Service account key',
    hint: '{ "type": "service_account", … }',
    begins: ['{'],
    url: 'https://console.cloud.google.com/iam-admin/serviceaccounts',
    help: 'Create a service account with BigQuery Job User on one project and BigQuery Data Viewer on the dataset of the billing export, then a JSON key. Or give no key and the option credentials=gcloud.',
    document: true,
    optional: true,
  },
  billingUrl: 'https://console.cloud.google.com/billing',
  stopHelp:
    'Delete the API key or disable the service account; disabling billing of the project stops everything in it.',
  stopUrl: 'https://console.cloud.google.com/apis/credentials',
  limitUrl: 'https://console.cloud.google.com/billing/budgets',
  options: {
    table: {
      label: 'Table of the billing export',
      hint: 'project.dataset.gcp_billing_export_v1_01AB23_CD45EF_678901',
      required: true,
    },
    location: { label: 'Location of its dataset (US unless given)', hint: 'EU' },
    query_project: { label: 'Project that pays for the queries (that of the table unless given)', hint: 'my-project' },
    max_bytes: { label: 'Most bytes that one query may bill (1073741824 unless given)', hint: '1073741824' },
    monitoring_projects: {
      label: 'Projects whose Vertex AI and Gemini tokens are counted (comma-separated ids; Monitoring Viewer on each)',
    },
    billing_account: {
      label: 'Billing account whose budgets are shown (Billing Account Viewer on it)',
      hint: '01AB23-CD45EF-678901',
    },
    credentials: {
      label: 'Sign in without a key',
      choices: {
        gcloud: 'As you: what "gcloud auth application-default login" left on this computer',
        machine: 'As this machine: its service account, on Google Compute Engine only',
      },
    },
  },
} as const satisfies ProviderFacts
