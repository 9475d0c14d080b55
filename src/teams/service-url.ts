// Where Teams may say that it wants to be answered.
import { loopbackNames } from '../loopback.ts'

/** Microsoft's own, for its clouds: the address comes with a request, and what the bot sends there carries its token. */
const hosts = ['smba.trafficmanager.net']
const domains = ['.botframework.com', '.botframework.us', '.teams.microsoft.com', '.teams.microsoft.us']

/** Whether a service address is Microsoft's; `more` names further hosts with their ports, which need no HTTPS. */
export function isServiceUrl(address: string, more: readonly string[] = []): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, host, username, port } = new URL(address)
  if (username !== '') return false
  if (more.includes(host)) return protocol === 'http:' || protocol === 'https:'
  if (protocol !== 'https:' || port !== '') return false
  return hosts.includes(hostname) || domains.some((domain) => hostname.endsWith(domain))
}

/** Whether an address is on this machine, where Microsoft's local client is. */
export function isLoopback(address: string): boolean {
  return URL.canParse(address) && loopbackNames.includes(new URL(address).hostname)
}
