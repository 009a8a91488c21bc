export function AlertsPage({ list }: { list: string }) {
  return <p>{list}</p>
}
