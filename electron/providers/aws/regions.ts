/**
 * The regions of AWS outside China and GovCloud, which have accounts of their own. Each has its CloudWatch; a region
 * that is missing here is refused by name, because the key goes to no host that is not known beforehand.
 * docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html, 2026-11-25.
 */
export const regions: readonly string[] = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
  'sa-east-1',
]

/** Cost Explorer and this answer for the whole account, from one region. */
export const costExplorer = 'https://ce.us-east-1.amazonaws.com'
export const identity = 'https://sts.us-east-1.amazonaws.com'

export function cloudWatch(region: string): string {
  return `https://monitoring.${region}.amazonaws.com`
}
