export interface Finding {
  check: string
  file: string
  line: number
  text: string
}
export function findings(node: string, folder: string, report: string): Finding[]
export function compare<A extends { check: string; file: string }>(
  found: readonly Finding[],
  accepted: readonly A[],
): { fresh: Finding[]; obsolete: A[] }
