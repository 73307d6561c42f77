import { personTokens } from '../identity/index.js';
import type { PrivateData } from './private-data.js';

/** What a member is found by; `null` where nothing is known of it. */
export interface MemberTokens {
  readonly identity: string | null;
  readonly mobile: string | null;
}

/** `tokenKey`: the secret of card tokens. */
export function memberTokens(
  tokenKey: Uint8Array,
  { identityType, identityNumber, mobile }: PrivateData,
): MemberTokens {
  const tokens = personTokens(tokenKey);
  return {
    identity: identityNumber === undefined ? null : tokens.identity({ identityType, identityNumber }),
    mobile: mobile === undefined ? null : tokens.mobile(mobile),
  };
}
