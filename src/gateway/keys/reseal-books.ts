import type { Transaction } from 'kysely';
import { createRecordSeal } from '../intake/record-seal.js';
import { sealNames } from '../intake/tap-id.js';
import { type BooksLocation, openKeptBooks } from '../open-books.js';
import type { Tables } from '../storage/index.js';
import { eachPage, openOrDamaged, type Reseal, type ResealProgress, ROWS_TOGETHER } from './each-page.js';
import { resealColumn } from './reseal-column.js';
import { sealedColumns } from './sealed-columns.js';

export type { ResealProgress } from './each-page.js';

/**
 * Seals what is stored anew under the newest key, some hundred rows a transaction, while gateways run or not. It can be
 * broken off and begun again: what is done is not done twice. What is damaged is told, and holds up nothing. Throws GatewayKeysError and StorageError.
 */
export async function resealBooks(
  location: BooksLocation,
  { random, progress }: Pick<Reseal, 'random' | 'progress'>,
): Promise<readonly ResealProgress[]> {
  const { keys, database } = await openKeptBooks(location, random);
  try {
    const work = { database, keys, random, progress };
    const done: ResealProgress[] = [];
    for (const column of sealedColumns) done.push(await resealColumn(work, column));
    return [...done, await resealTaps(work), await resealConflicts(work)];
  } finally {
    await database.close();
  }
}

function resealTaps(work: Reseal): Promise<ResealProgress> {
  const { database, keys } = work;
  const seal = createRecordSeal(keys.tokenKey, keys.recordKeys);
  return eachPage<{ card_token: string; id: string }>('taps', work, (last) =>
    database.inTransaction(async (transaction) => {
      let select = transaction
        .selectFrom('taps')
        .select(['card_token', 'id', 'record', 'operator', 'terminal', 'sequence'])
        .orderBy('id')
        .orderBy('card_token')
        .limit(ROWS_TOGETHER);
      if (last) {
        select = select
          .where('id', '>=', last.id)
          .where(({ eb, or }) => or([eb('id', '>', last.id), eb('card_token', '>', last.card_token)]));
      }
      const rows = await select.execute();
      let resealed = 0;
      const damaged: string[] = [];
      for (const { card_token, record, ...tap } of rows) {
        const { id } = tap;
        const fresh = openOrDamaged(() => seal.reseal(sealNames(tap), record));
        if (fresh === 'damaged') damaged.push(`taps ${id}`);
        if (!fresh || fresh === 'damaged') continue;
        const update = transaction.updateTable('taps').set({ record: fresh });
        await update.where('card_token', '=', card_token).where('id', '=', id).execute();
        resealed++;
      }
      return { looked: rows.length, resealed, damaged, last: rows.at(-1) };
    }),
  );
}

function resealConflicts(work: Reseal): Promise<ResealProgress> {
  const { database, keys } = work;
  const seal = createRecordSeal(keys.tokenKey, keys.recordKeys);
  return eachPage<{ tap_id: string; content_hash: string }>('tap_conflicts', work, (last) =>
    database.inTransaction(async (transaction) => {
      let select = transaction
        .selectFrom('tap_conflicts')
        .select(['tap_id', 'content_hash', 'record'])
        .orderBy('tap_id')
        .orderBy('content_hash')
        .limit(ROWS_TOGETHER);
      if (last) {
        select = select.where(({ eb, and, or }) =>
          or([
            eb('tap_id', '>', last.tap_id),
            and([eb('tap_id', '=', last.tap_id), eb('content_hash', '>', last.content_hash)]),
          ]),
        );
      }
      const rows = await select.execute();
      let resealed = 0;
      const damaged: string[] = [];
      for (const { tap_id, content_hash, record } of rows) {
        const names = await namesOf(transaction, tap_id);
        const fresh = openOrDamaged(() => seal.reseal(names, record));
        if (fresh === 'damaged') damaged.push(`tap_conflicts ${tap_id}`);
        if (!fresh || fresh === 'damaged') continue;
        const update = transaction.updateTable('tap_conflicts').set({ record: fresh });
        await update.where('tap_id', '=', tap_id).where('content_hash', '=', content_hash).execute();
        resealed++;
      }
      return { looked: rows.length, resealed, damaged, last: rows.at(-1) };
    }),
  );
}

async function namesOf(transaction: Transaction<Tables>, tapId: string): Promise<readonly string[]> {
  const kept = await transaction
    .selectFrom('taps')
    .select(['operator', 'terminal', 'sequence'])
    .where('id', '=', tapId)
    .executeTakeFirst();
  return kept ? sealNames({ id: tapId, ...kept }) : [tapId];
}
