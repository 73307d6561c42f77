import { BlockList, isIP } from 'node:net';
import networks from './private-networks.json';

const blocked = new BlockList();
for (const { network, prefix, family } of networks) blocked.addSubnet(network, prefix, family as 'ipv4' | 'ipv6');

/**
 * Whether an IP address is none of the public Internet (IANA's special-purpose registries, RFC 6890): what answers
 * there is the operator's own, and nobody from outside may have it asked. What is no address at all counts as private.
 */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  return family === 0 || blocked.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
