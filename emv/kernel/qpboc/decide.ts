import type { OdaResult } from '../../authentication/index.js';
import type { DataMap } from '../../tlv/index.js';
import type { CardData } from '../card-data.js';
import { decline, type Ending, useAnotherInterface } from '../transaction-outcome.js';
import { segmentIdentifierAgrees } from './authenticate.js';
import { qualifiersOf } from './card-transaction-qualifiers.js';
import type { PreliminaryResult } from './preliminary-processing.js';

const end = (outcome: Ending['outcome'], reason: Ending['reason']): Ending => ({
  ok: false,
  outcome,
  reason,
  tryAnotherInterface: false,
});

export const requestOnline = (terminal: PreliminaryResult): Ending =>
  terminal.isOfflineOnly ? decline('online-impossible') : end('online-requested', 'online-requested-by-card');

/** The issuer decides with the cryptogram; who opens a gate before it has, looks at the authentication. */
export const decideAuthenticatedOnline = (authentication: OdaResult): Ending =>
  end('online-requested', authentication.ok ? 'online-requested-by-card' : 'online-after-failed-authentication');

/** The outcome once a card that approved offline has been read and its signature looked at (JR/T 0025.12-2013 7.8). */
export function decideOffline(
  card: CardData,
  terminalData: DataMap,
  authentication: OdaResult,
  terminal: PreliminaryResult,
): Ending {
  if (authentication.ok && segmentIdentifierAgrees(card, terminalData)) return end('approved-offline', 'approved');
  const qualifiers = qualifiersOf(card);
  if (qualifiers?.onlineIfAuthenticationFails && !terminal.isOfflineOnly) {
    return end('online-requested', 'online-after-failed-authentication');
  }
  if (qualifiers?.contactIfAuthenticationFails && terminal.supportsContact) {
    return useAnotherInterface('contact-after-failed-authentication');
  }
  return decline(authentication.ok ? 'segment-identifier-mismatch' : 'offline-data-authentication-failed');
}
