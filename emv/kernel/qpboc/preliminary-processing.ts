import { decodeNumeric } from '../../bytes.js';
import type { DataMap } from '../../tlv/index.js';
import { readTerminalTransactionQualifiers } from '../../values/index.js';
import { proceed, type Step, useAnotherInterface } from '../transaction-outcome.js';
import { readLimits } from './limits.js';

/** The terminal transaction qualifiers of this transaction, and what they let the terminal do. */
export interface PreliminaryResult {
  readonly terminalTransactionQualifiers: Uint8Array;
  readonly isOfflineOnly: boolean;
  /** Looks at the card's signature before it goes online, where the card lets it. */
  readonly authenticatesForOnline: boolean;
  readonly supportsContact: boolean;
  readonly supportsSignature: boolean;
  readonly wantsCardholderVerification: boolean;
}

/** Of the second byte of 9F66, which is this transaction's. */
const wish = { onlineCryptogramRequired: 0x80, cardholderVerificationRequired: 0x40 } as const;
const ONE_UNIT_FEN = 100;

/**
 * What the terminal settles before the field goes on (JR/T 0025.12-2013 6.2.2): whether this amount may be tapped at
 * all, and the second byte of 9F66. A terminal with the extension of part 14 (DF60 other than 0) may tap an amount of 0.
 */
export function processPreliminarily(data: DataMap, statusCheck: boolean): Step<PreliminaryResult> {
  const amount = decodeNumeric(data.get('9F02') ?? new Uint8Array(0));
  const qualifiers = data.get('9F66');
  if (amount === undefined || data.get('9F02')?.length !== 6) {
    return useAnotherInterface('terminal-data-missing', { tag: '9F02' });
  }
  if (qualifiers?.length !== 4) return useAnotherInterface('terminal-data-missing', { tag: '9F66' });
  const limits = readLimits(data);
  if (!limits.ok) return limits;
  const { contactDebitCredit, offlineAuthenticationForOnline, offlineOnly, signature } =
    readTerminalTransactionQualifiers(qualifiers);
  let wanted = 0;
  if (statusCheck && amount === ONE_UNIT_FEN) wanted |= wish.onlineCryptogramRequired;
  if (amount === 0 && !hasExtension(data)) {
    if (offlineOnly) return useAnotherInterface('zero-amount');
    wanted |= wish.onlineCryptogramRequired;
  }
  if (amount >= limits.value.transaction) return useAnotherInterface('above-transaction-limit');
  if (amount >= limits.value.cardholderVerification) wanted |= wish.cardholderVerificationRequired;
  if (amount > limits.value.floor) wanted |= wish.onlineCryptogramRequired;
  return proceed({
    terminalTransactionQualifiers: Uint8Array.of(qualifiers[0]!, wanted, qualifiers[2]!, qualifiers[3]!),
    isOfflineOnly: offlineOnly,
    authenticatesForOnline: offlineAuthenticationForOnline,
    supportsContact: contactDebitCredit,
    supportsSignature: signature,
    wantsCardholderVerification: (wanted & wish.cardholderVerificationRequired) !== 0,
  });
}

export function hasExtension(data: DataMap): boolean {
  return (data.get('DF60')?.[0] ?? 0) !== 0;
}
