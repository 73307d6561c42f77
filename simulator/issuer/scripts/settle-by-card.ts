import { fromHex } from '../../../emv/bytes.js';
import type { CardVerificationResults } from '../../../emv/values/index.js';
import type { CardAccount } from '../card-account.js';
import { confirmScriptsBy } from '../confirm-scripts.js';
import type { OpenedRequest } from '../open-request.js';
import type { SentScript } from './script-order.js';

const PERFORMED = 0x20;
const FAILED = 0x10;
const NUMBER_MAX = 15;

/** A tap has no second GENERATE AC, and so no scripts (JR/T 0025.12-2013 7); its terminal qualifiers give it away. */
const isContactless = ({ request }: Pick<OpenedRequest, 'request'>): boolean => request.data.has('9F66');

/** A card with a script whose end is not known gets no other: its results could no longer be told apart. */
export const takesScripts = (opened: OpenedRequest): boolean =>
  !isContactless(opened) && opened.account.sent.length === 0;

/**
 * The account once the card itself has told how its last scripts ended, where no terminal did: how many commands it
 * performed after its last online transaction, and whether one failed (CVR byte 4 bits 8 to 5, byte 4 bit 4;
 * JR/T 0025.5-2013 A.1). A card that has not completed that transaction performed none. Electronic cash says nothing of
 * it, nor does a tap.
 */
export function settleByCard(opened: OpenedRequest): CardAccount {
  const { account, request, issuerApplicationData } = opened;
  const isElectronicCash = request.data.get('9F7A')?.[0] === 1;
  if (isContactless(opened) || isElectronicCash) return account;
  const { cardVerificationResults } = issuerApplicationData;
  return confirmScriptsBy(
    'card',
    account,
    account.sent.map((script) => resultOf(script, cardVerificationResults)),
  );
}

/** As a terminal would have told it (EMV 4.3 Book 4 Annex A5). */
function resultOf({ identifier, orders }: SentScript, results: CardVerificationResults): Uint8Array {
  const performed = performedBy(results);
  const outcome = performed >= orders.length ? PERFORMED : FAILED | Math.min(performed + 1, NUMBER_MAX);
  return Uint8Array.of(outcome, ...fromHex(identifier));
}

/** A command that failed was counted as well. */
function performedBy(results: CardVerificationResults): number {
  if (results.lastOnlineTransactionNotCompleted) return 0;
  return results.scriptFailed ? Math.max(0, results.scriptCommands - 1) : results.scriptCommands;
}
