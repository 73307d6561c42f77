import type { Kysely } from 'kysely';
import type { Tables } from '../../storage/index.js';
import { readOperators } from '../settle/read-parties.js';
import type { SettlementHead, SettlementLine } from '../settlement.js';
import { operatorLine, sponsorLines } from './booking-lines.js';
import { readBookings } from './read-bookings.js';
import { readTransactionLines } from './read-transaction-lines.js';

/**
 * The lines of a settlement in the order of its files, as they are read: charges by operator, journey and revision, then
 * transactions. Bounded memory; the day is closed, so that they are the same at any time.
 */
export async function* readSettlementLines(
  kysely: Kysely<Tables>,
  head: Pick<SettlementHead, 'partyKind' | 'party' | 'serviceDay'>,
): AsyncGenerator<SettlementLine> {
  const { partyKind, party, serviceDay } = head;
  if (partyKind === 'operator') {
    for await (const page of readBookings(kysely, serviceDay, party)) yield* page.map(operatorLine);
  } else {
    yield* sponsoredLines(kysely, serviceDay, party);
  }
  yield* readTransactionLines(kysely, head);
}

async function* sponsoredLines(kysely: Kysely<Tables>, day: string, party: string): AsyncGenerator<SettlementLine> {
  for (const operator of await readOperators(kysely, day)) {
    for await (const page of readBookings(kysely, day, operator)) {
      const lines = page.flatMap(sponsorLines).filter(({ sponsor }) => sponsor === party);
      yield* lines.map(({ line }) => line);
    }
  }
}
