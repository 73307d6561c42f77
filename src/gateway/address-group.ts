/** Of IPv6 its network of 64 bits: whoever has one address has all of them. IPv4 is itself, mapped into IPv6 or not. */
export function addressGroup(address: string): string {
  if (!address.includes(':')) return address;
  const groups = groupsOf(address.split('%')[0]!);
  if (/^(0:){5}ffff:[^:]+:[^:]+$/.test(groups.join(':'))) return inDots(groups.slice(6));
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/** Eight numbers in hex, as short as they can be; of what is no address, whatever stands between its colons. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = withoutDots(address).split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return groups.map((group) => group.replace(/^0+(?=.)/, '').toLowerCase());
}

/** The last four bytes may stand as those of IPv4 (RFC 4291 §2.2). */
const withoutDots = (address: string): string =>
  address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [first, second, third, fourth] = bytes.map(Number) as [number, number, number, number];
    return `${(first * 256 + second).toString(16)}:${(third * 256 + fourth).toString(16)}`;
  });

const inDots = (groups: readonly string[]): string =>
  groups
    .map((group) => Number.parseInt(group, 16))
    .flatMap((number) => [number >> 8, number & 0xff])
    .join('.');
