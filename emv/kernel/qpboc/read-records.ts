import { readRecord } from '../../apdu/index.js';
import type { CardData } from '../card-data.js';
import { type Exchange, exchange } from '../exchange.js';
import { type FileLocator, recordsNamed } from '../read-file-locator.js';
import { takeRecord } from '../take-record.js';
import { proceed, type Step, type TransactionRecord } from '../transaction-outcome.js';
import type { RestrictingTerminal } from './qpboc-terminal.js';
import { checkRestrictions, mayRestrict } from './restrictions.js';

/**
 * Reads every record in the order of the file locator into `card` and `records`. The last one makes the card's debit
 * final, so that whatever forbids the transaction (an expired card, a card on the exception file, two card numbers)
 * must end it before (JR/T 0025.12-2013 7.7.19, 7.8). `beforeLast` is called before it is asked for.
 */
export function* readRecords(
  fileLocator: FileLocator,
  card: CardData,
  terminal: RestrictingTerminal,
  records: TransactionRecord[],
  beforeLast: () => void = () => undefined,
): Exchange<Step<undefined>> {
  const named = recordsNamed(fileLocator);
  const last = named.at(-1);
  for (const record of named) {
    if (record === last) beforeLast();
    const answer = yield* exchange('read-record', readRecord(record.shortFileIdentifier, record.recordNumber));
    if (!answer.ok) return answer;
    const template = takeRecord(record, answer.value, records);
    if (!template.ok) return template;
    const added = template.value ? card.add(template.value) : proceed(undefined);
    if (!added.ok) return added;
    const isFirst = record === named[0];
    // With the first one, what the answer before the records said is looked at too.
    if (!isFirst && !(template.value && mayRestrict(template.value))) continue;
    const allowed = checkRestrictions(card, terminal);
    if (!allowed.ok) return allowed;
  }
  return proceed(undefined);
}
