import { cardToken } from '../../tap/index.js';

/** The cards that a gate keeps out, by their tokens: the list holds no card number. */
export interface DenyList {
  /** The key under which the tokens were made; see {@link cardToken}. */
  readonly tokenKey: Uint8Array;
  isDenied(token: string): boolean;
}

/** A deny list in memory, from tokens in lower-case hex. */
export function createDenyList(tokenKey: Uint8Array, tokens: Iterable<string>): DenyList {
  const denied = new Set(tokens);
  return { tokenKey, isDenied: (token) => denied.has(token) };
}

/** Asks the list about a card number; one that is none is in no list. */
export function isDeniedPan(list: DenyList, pan: string): boolean {
  return /^\d{8,19}$/.test(pan) && list.isDenied(cardToken(list.tokenKey, pan));
}
