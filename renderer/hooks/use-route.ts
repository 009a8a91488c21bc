import { createContext, useContext, useEffect, useMemo, useState } from 'react'
import { hrefOf, parseRoute, type Address, type Route } from '../address.ts'

export const AddressContext = createContext<Address | null>(null)

function useAddress(): Address {
  const address = useContext(AddressContext)
  if (!address) throw new Error('useRoute outside of an AddressContext')
  return address
}

export function useRoute(): Route {
  const address = useAddress()
  const [route, setRoute] = useState(() => parseRoute(address.read()))
  useEffect(() => address.listen(() => setRoute(parseRoute(address.read()))), [address])
  return route
}

type Linked = Exclude<Route, { view: 'popover' }>

export function useNavigate(): { go: (route: Linked) => void; replace: (route: Linked) => void } {
  const address = useAddress()
  return useMemo(
    () => ({ go: (route) => address.go(hrefOf(route)), replace: (route) => address.replace(hrefOf(route)) }),
    [address],
  )
}
