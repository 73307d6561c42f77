import { toHex } from '../../emv/bytes.js';
import type { CardAccount } from './card-account.js';
import type { ScriptOrder, SentScript } from './scripts/script-order.js';

/** High nibble of a script result (EMV 4.3 Book 4 Annex A5). */
const PERFORMED = 2;
const FAILED = 1;
const NOT_PERFORMED = 0;
const RESULT_LENGTH = 5;

/** Who tells how a script went. */
type Witness = 'terminal' | 'card';

/**
 * The account once the terminal has told how the card took its scripts. Each result is 5 bytes: outcome and number of
 * the command that failed, then the script's identifier (EMV 4.3 Book 4 Annex A5, JR/T 0025.6-2013). What the card did
 * not carry out is told again at the next transaction, before what waits; a load that was not begun goes back to the
 * account instead, since the purse will be another by then. A load that failed stays where it is until the card itself
 * tells: a card that left with its answer has failed for its terminal, and may have loaded all the same. Results of
 * scripts that nobody sent change nothing.
 */
export const confirmScripts = (account: CardAccount, results: readonly Uint8Array[]): CardAccount =>
  confirmScriptsBy('terminal', account, results);

/** The same by whoever tells it: the card's own word leaves no doubt. */
export const confirmScriptsBy = (by: Witness, account: CardAccount, results: readonly Uint8Array[]): CardAccount =>
  results.reduce((settled, result) => confirmScript(by, settled, result), account);

function confirmScript(by: Witness, account: CardAccount, result: Uint8Array): CardAccount {
  if (result.length !== RESULT_LENGTH) return account;
  const identifier = toHex(result.subarray(1));
  const script = account.sent.find((sent) => sent.identifier === identifier);
  if (script === undefined) return account;
  const undone = undoneOrders(script, result[0]!);
  const failedLoads = undone.filter((waiting) => waiting.kind === 'load-purse');
  if (by === 'terminal' && failedLoads.length > 0 && result[0]! >> 4 !== NOT_PERFORMED) return account;
  return {
    ...account,
    availableFen: failedLoads.reduce((sum, load) => sum + load.amountFen, account.availableFen),
    orders: [...undone.filter((waiting) => waiting.kind !== 'load-purse'), ...account.orders],
    sent: account.sent.filter((sent) => sent !== script),
  };
}

/** From the command that failed on; where its number is not told, or stands for any from the 15th on, all or those. */
function undoneOrders({ orders }: SentScript, outcome: number): readonly ScriptOrder[] {
  if (outcome >> 4 === PERFORMED) return [];
  const failing = outcome & 0x0f;
  return outcome >> 4 === FAILED && failing > 0 ? orders.slice(failing - 1) : orders;
}
