import { headerOf, updateCappDataCache, withMac } from '../../apdu/index.js';
import { equalBytes } from '../../bytes.js';
import { exchange } from '../exchange.js';
import { STATUS_OK } from '../status-word.js';
import { proceed, type Step, terminate } from '../transaction-outcome.js';
import type { ProtectedAnswers } from './read-capp.js';
import { askPort, type SmallPaymentExchange, withCard } from './small-payment-exchange.js';
import type { CappUpdate } from './trade.js';

const STATUS_OK_BYTES = Uint8Array.of(0x90, 0x00);

/**
 * UPDATE CAPP DATA CACHE for each record (JR/T 0025.14-2013 5.2.3, A.2): the card keeps them until the last record of
 * the transaction is read. Any error, an R-MAC that is wrong and one that is missing end the transaction.
 */
export function* updateCapp(
  updates: readonly CappUpdate[],
  applicationTransactionCounter: Uint8Array,
  { algorithm, isProtected }: ProtectedAnswers,
): SmallPaymentExchange<Step<undefined>> {
  for (const { record, ...reference } of updates) {
    const command = updateCappDataCache(reference.shortFileIdentifier, record);
    const { mac } = yield* askPort<'capp-mac'>({
      kind: 'capp-mac',
      ...reference,
      algorithm,
      header: headerOf(command),
      applicationTransactionCounter,
      data: record,
    });
    const answer = yield* withCard(exchange('update-capp-data-cache', withMac(command, mac)));
    if (!answer.ok) return answer;
    const { statusWord, data } = answer.value;
    if (statusWord !== STATUS_OK) return terminate('capp-update-refused', { statusWord });
    if (!isProtected) continue;
    const expected = yield* askPort<'capp-response-mac'>({
      kind: 'capp-response-mac',
      ...reference,
      algorithm,
      challenge: mac,
      data: STATUS_OK_BYTES,
    });
    if (!equalBytes(expected.mac, data)) return terminate('response-mac-wrong');
  }
  return proceed(undefined);
}
