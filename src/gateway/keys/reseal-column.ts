import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { createPersonalDataCipher } from '../membership/personal-data-cipher.js';
import { eachPage, openOrDamaged, type Reseal, type ResealProgress, ROWS_TOGETHER } from './each-page.js';
import type { SealedColumn } from './sealed-columns.js';

type Place = readonly (string | number)[];

/** Seals a column of personal data under the newest key, in the order of the table's key. */
export function resealColumn(
  work: Reseal,
  { table, column, key, between = '' }: SealedColumn,
): Promise<ResealProgress> {
  const { database, keys, random } = work;
  const cipher = createPersonalDataCipher(keys.personalDataKey, random, keys.formerDataKeys);
  const columns = sql.join(key.map((name) => sql.ref(name)));
  return eachPage<Place>(table, work, (last) =>
    database.inTransaction(async (transaction) => {
      const beyond = last ? isBeyond(key, last) : sql`1 = 1`;
      const { rows } = await sql<Readonly<Record<string, string | number | null>>>`
        select ${columns}, ${sql.ref(column)} as sealed_value from ${sql.table(table)}
        where ${beyond} order by ${columns} limit ${sql.lit(ROWS_TOGETHER)}`.execute(transaction);
      let resealed = 0;
      const damaged: string[] = [];
      for (const row of rows) {
        const at = key.map((name) => row[name]!);
        const sealed = row.sealed_value;
        const place = { table, column, row: at.join(between) };
        if (typeof sealed !== 'string') continue;
        const opened = openOrDamaged(() =>
          cipher.isCurrent(sealed, place) ? 'current' : { text: cipher.open(sealed, place) },
        );
        if (opened === 'current') continue;
        if (opened === 'damaged') {
          damaged.push(`${table}.${column} ${place.row}`);
          continue;
        }
        const fresh = cipher.seal(opened.text, place);
        const here = sql.join(
          key.map((name, index) => sql`${sql.ref(name)} = ${at[index]}`),
          sql` and `,
        );
        // What a gateway has written anew meanwhile stays.
        await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${fresh}
          where ${here} and ${sql.ref(column)} = ${sealed}`.execute(transaction);
        resealed++;
      }
      const end = rows.at(-1);
      return { looked: rows.length, resealed, damaged, last: end && key.map((name) => end[name]!) };
    }),
  );
}

/** Behind a place in the order of a key of several columns. */
function isBeyond([name, ...names]: readonly string[], [value, ...values]: Place): RawBuilder<SqlBool> {
  const isAfter = sql<SqlBool>`${sql.ref(name!)} > ${value}`;
  if (names.length === 0) return isAfter;
  return sql<SqlBool>`(${isAfter} or (${sql.ref(name!)} = ${value} and ${isBeyond(names, values)}))`;
}
