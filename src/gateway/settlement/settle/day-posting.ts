import type { Transaction } from 'kysely';
import type { Tables } from '../../storage/index.js';
import { accountOf, type LedgerLine } from '../ledger/ledger-line.js';
import { postTransaction } from '../ledger/post-transaction.js';
import type { SettlementHead, SettlementLine } from '../settlement.js';

/** The id of the transaction that posts a day; no client's id has a colon. */
const dayTransactionId = (serviceDay: string): string => `day:${serviceDay}`;

/**
 * What the journeys of a day come to in the ledger: owed to operators, owed by sponsors, paid by purses at the taps, and
 * the rest owed by cards. Transactions of the ledger stand there already.
 */
export class DayPosting {
  readonly #lines = new Map<string, LedgerLine>();

  add({ partyKind, party }: Pick<SettlementHead, 'partyKind' | 'party'>, line: SettlementLine): void {
    if (line.record !== 'charge') return;
    if (partyKind === 'sponsor') {
      this.#add({ account: 'sponsor', party, operator: line.operator, amountFen: line.sponsorFen });
      return;
    }
    this.#add({ account: 'operator', party, operator: party, amountFen: -line.grossFen });
    this.#add({ account: 'purse', party, operator: party, amountFen: line.debitedFen });
    this.#add({ account: 'card', party: '', operator: party, amountFen: line.cardFen - line.debitedFen });
  }

  #add(line: LedgerLine): void {
    const key = `${line.operator} ${accountOf(line)}`;
    const known = this.#lines.get(key)?.amountFen ?? 0;
    this.#lines.set(key, { ...line, amountFen: known + line.amountFen });
  }

  /** Throws RangeError where what operators earned is not what cards and sponsors pay. */
  async write(transaction: Transaction<Tables>, serviceDay: string, by: string, at: Date): Promise<void> {
    const lines = [...this.#lines.values()];
    if (lines.every(({ amountFen }) => amountFen === 0)) return;
    await postTransaction(transaction, {
      id: dayTransactionId(serviceDay),
      kind: 'settlement',
      service_day: serviceDay,
      at,
      by,
      reason: `the journeys of ${serviceDay}`,
      card_token: null,
      journey_id: null,
      content_hash: '',
      lines,
    });
  }
}
