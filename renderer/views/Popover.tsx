export function Popover() {
  return <p>Popover</p>
}
