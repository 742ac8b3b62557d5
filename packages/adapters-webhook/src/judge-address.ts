import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

// The library counts as unicast whatever it has no other name for. Addresses are only given out in 2000::/3.
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')
// Networks that only speak IPv6 reach IPv4 through it; what matters is the address inside.
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')

/** Whether an IP address in text belongs to the public internet. What cannot be read does not. */
export function isPublicAddress(text: string): boolean {
  if (isIP(text) === 0) return false
  const address = ipaddr.parse(text)
  if (address instanceof ipaddr.IPv4) return isPublicIpv4(address)
  if (address.isIPv4MappedAddress()) return isPublicIpv4(address.toIPv4Address())
  if (address.match(NAT64)) return isPublicIpv4(new ipaddr.IPv4(address.toByteArray().slice(12)))
  return address.range() === 'unicast' && address.match(GLOBAL_UNICAST)
}

function isPublicIpv4(address: ipaddr.IPv4): boolean {
  return address.range() === 'unicast'
}
