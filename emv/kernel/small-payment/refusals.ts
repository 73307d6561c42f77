import { decline, type Ending, type OutcomeReason } from '../transaction-outcome.js';
import type { TradeDecision } from './trade.js';

/** Status words of GET PROCESSING OPTIONS and of the last READ RECORD (JR/T 0025.14-2013 6.2.2, 6.2.4). */
const reasons: ReadonlyMap<number, OutcomeReason> = new Map([
  [0x6971, 'pre-authorizations-exhausted'],
  [0x6972, 'pre-authorization-open'],
  [0x6973, 'pre-authorization-missing'],
  [0x6974, 'capp-update-missing'],
]);

export const reasonOfStatus = (statusWord: number): OutcomeReason | undefined => reasons.get(statusWord);

/** A trade that does not take the card, before anything is asked of it. */
export const refuseTrade = (reason: OutcomeReason): TradeDecision & { readonly ending: Ending } => ({
  kind: 'refused',
  ending: decline(reason),
});
