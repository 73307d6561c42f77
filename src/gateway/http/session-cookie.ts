import type { IncomingMessage } from 'node:http';

export interface SessionCookie {
  readonly name: string;
  /** The one token that a request brings; none where it brings several, of which any could be somebody else's. */
  read(request: IncomingMessage): string | undefined;
  /** `Set-Cookie` for a token that is good for so many seconds. */
  set(token: string, seconds: number): string;
  clear(): string;
}

/** What a page sees none of, and what no other site has sent along. */
const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Strict';

const TOKEN = /^yts_[A-Za-z0-9_-]{43}$/;

/** `isSecure`: over TLS. Then no other host, and nothing without TLS, can set it (RFC 6265bis §4.1.3.2). */
export function createSessionCookie(isSecure: boolean): SessionCookie {
  const name = isSecure ? '__Host-yongtap-session' : 'yongtap-session';
  const attributes = isSecure ? `${ATTRIBUTES}; Secure` : ATTRIBUTES;
  return {
    name,
    read({ headers }) {
      const tokens = (headers.cookie ?? '')
        .split(';')
        .map((pair) => pair.trim())
        .filter((pair) => pair.startsWith(`${name}=`))
        .map((pair) => pair.slice(name.length + 1));
      return tokens.length === 1 && TOKEN.test(tokens[0]!) ? tokens[0] : undefined;
    },
    set: (token, seconds) => `${name}=${token}; Max-Age=${seconds}; ${attributes}`,
    clear: () => `${name}=; Max-Age=0; ${attributes}`,
  };
}
