import { BlockList, isIP } from 'node:net';
import networks from './private-networks.json';

/** One list a family: a list takes IPv4 addresses for IPv4-mapped ones too. */
const blocked = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const { network, prefix, family } of networks) {
  const name = family === 'ipv4' ? 'ipv4' : 'ipv6';
  blocked[name].addSubnet(network, prefix, name);
}

/**
 * Whether an IP address is none of the public Internet (IANA's special-purpose registries, RFC 6890): what answers
 * there is the operator's own, and nobody from outside may have it asked. What is no address at all counts as private.
 */
export function isPrivateAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0) return true;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  return blocked[family].check(address, family);
}
