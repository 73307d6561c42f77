import { createHmac } from 'node:crypto';
import { onceFor } from '../../../emv/once-for.js';
import { deriveKey } from '../derive-key.js';
import { documentTypeOf } from './document-type.js';
import { hasRightIdentityCheckDigit } from './identity-check-digit.js';
import { normalIdentityNumber } from './normal-identity-number.js';
import { normalMobile } from './normal-mobile.js';
import { plainDigits } from './plain-digits.js';

/** A document as a person is asked for it; without a kind it is the resident identity card. */
export interface IdentityDocument {
  readonly identityType?: string | undefined;
  readonly identityNumber: string;
}

export interface PersonTokens {
  /** 64 hex digits: the same for one document, however it is written. */
  identity(document: IdentityDocument): string;
  /** 64 hex digits: the same for one number, with or without +86 and blanks. */
  mobile(number: string): string;
}

/**
 * Names for identity documents and mobile numbers, by which a member is found without a number in clear in any column:
 * keyed hashes, as cards have them, under keys of their own. `tokenKey`: the secret of card tokens.
 */
export const personTokens: (tokenKey: Uint8Array) => PersonTokens = onceFor((tokenKey: Uint8Array): PersonTokens => {
  const identityKey = deriveKey(tokenKey, 'yongtap identity documents');
  const mobileKey = deriveKey(tokenKey, 'yongtap mobile numbers');
  return {
    identity: (document) => hmac(identityKey, identityText(document)),
    mobile: (number) => hmac(mobileKey, normalMobile(number)),
  };
});

const hmac = (key: Uint8Array, text: string): string => createHmac('sha256', key).update(text).digest('hex');

/** A right identity number is one whatever its document is called; a passport may have any number. */
function identityText({ identityType, identityNumber }: IdentityDocument): string {
  const number = normalIdentityNumber(identityNumber);
  const type = identityType === undefined ? 'identity-card' : documentTypeOf(identityType);
  if (type === 'identity-card' || hasRightIdentityCheckDigit(number)) return `identity-card ${number}`;
  return `${type ?? 'other'} ${plainDigits(identityNumber)}`;
}
