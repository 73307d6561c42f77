import { isIP } from 'node:net';
import { isPrivateAddress } from './is-private-address.js';

const LENGTH_MAX = 2000;

/** The host of a URL as an address, where it is one. */
export const hostAddress = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

const isThisMachine = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  (isIP(host) === 4 && host.startsWith('127.'));

/**
 * What stands against a URL as a receiver's address, `undefined` where nothing does. A name is looked up when it is
 * delivered to, and again each time.
 */
export function objectionTo(text: string, isPrivateAllowed: boolean): string | undefined {
  if (text.length > LENGTH_MAX) return `longer than ${LENGTH_MAX} characters`;
  if (!URL.canParse(text)) return 'not a URL';
  const url = new URL(text);
  const host = hostAddress(url);
  if (url.username !== '' || url.password !== '') return 'a user or password stands in it: put a token into the path';
  if (url.hash !== '') return 'it has a fragment, which is never sent';
  const isLocal = isThisMachine(host);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)) {
    return 'https, or http to this machine (127.0.0.1, localhost)';
  }
  if (isPrivateAllowed) return undefined;
  return isLocal || (isIP(host) !== 0 && isPrivateAddress(host)) ? 'an address of a private network' : undefined;
}
