import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../derive-key.js';
import { personTokens } from '../identity/index.js';
import { nameCard } from '../membership/index.js';
import policy from './code-policy.json';

/** Whom somebody says to be: by document, and by a card or the mobile number of the register. */
export type Claimed = {
  readonly identityType?: string | undefined;
  readonly identityNumber: string;
} & ({ readonly card: string } | { readonly mobile: string });

/** What a claim is looked up by: nothing in clear. */
export interface NamedClaim {
  /** 64 hex digits: one for each claim, whether there is such a member or not. */
  readonly subject: string;
  readonly identityToken: string;
  readonly second: { readonly cardToken: string } | { readonly mobileToken: string };
}

const keyOf = (tokenKey: Uint8Array): Uint8Array => deriveKey(tokenKey, 'yongtap certification code');

const hmac = (key: Uint8Array, parts: readonly string[]): string =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex');

export function nameClaim(tokenKey: Uint8Array, claimed: Claimed): NamedClaim {
  const tokens = personTokens(tokenKey);
  const identityToken = tokens.identity(claimed);
  const second =
    'card' in claimed
      ? { cardToken: nameCard(claimed.card, tokenKey).token }
      : { mobileToken: tokens.mobile(claimed.mobile) };
  const subject = hmac(keyOf(tokenKey), ['subject', identityToken, ...Object.entries(second).flat()]);
  return { subject, identityToken, second };
}

/** The hash of a code for one claim: under a key that is not in the database, so that nobody can try codes on it. */
export const hashCode = (tokenKey: Uint8Array, subject: string, code: string): string =>
  hmac(keyOf(tokenKey), ['code', subject, code]);

/** Takes as long for a wrong code as for a right one. */
export const isSameHash = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(one, 'hex'), Buffer.from(other, 'hex'));

const CODES = 10 ** policy.digits;
const RANDOM_RANGE = 2 ** 32;

/** A code, each as likely as any other. `random`: a cryptographic source. */
export function newCode(random: (length: number) => Uint8Array): string {
  const limit = RANDOM_RANGE - (RANDOM_RANGE % CODES);
  for (;;) {
    const number = Buffer.from(random(4)).readUInt32BE();
    if (number < limit) return String(number % CODES).padStart(policy.digits, '0');
  }
}
