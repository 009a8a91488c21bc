export function Onboarding() {
  return <p>Onboarding</p>
}
