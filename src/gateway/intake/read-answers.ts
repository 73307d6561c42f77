import type { Transaction } from 'kysely';
import { prepareQuery, rowsOfJson, type Tables, type TapsTable } from '../storage/index.js';
import type { TapAnswer } from './intake.js';
import { type TapRefusal, tapRefusals } from './tap-refusals.js';

export interface KeptAnswer {
  readonly contentHash: string;
  readonly answer: TapAnswer;
}

export function refusedAnswer(id: string, code: TapRefusal): TapAnswer {
  return { result: 'refused', id, code, detail: tapRefusals[code].meaning };
}

export function conflictAnswer(id: string): TapAnswer {
  return { result: 'conflict', id, code: 'content-conflict', detail: tapRefusals['content-conflict'].meaning };
}

/** The answer to a tap that has been answered before: word for word, but for `exists`. */
export function againAnswer(answer: TapAnswer): TapAnswer {
  return answer.result === 'created' ? { ...answer, result: 'exists' } : answer;
}

/** The answer that is kept with a tap. */
export function keptAnswer({
  id,
  result,
  code,
  receipt,
}: Pick<TapsTable, 'id' | 'result' | 'code' | 'receipt'>): TapAnswer {
  if (result === 'refused') return refusedAnswer(id, code as TapRefusal);
  return { result: 'created', id, ...(receipt !== null && { receipt: JSON.parse(receipt) }) };
}

const answersOf = prepareQuery((kysely, { ids }: { ids: string }) =>
  kysely
    .selectFrom(rowsOfJson<{ id: string }>(kysely, ids, { id: 'text' }).as('asked'))
    .crossJoin('tap_identities')
    .crossJoin('taps')
    .select(['taps.id', 'taps.result', 'taps.code', 'taps.receipt', 'tap_identities.content_hash'])
    .whereRef('tap_identities.id', '=', 'asked.id')
    .whereRef('taps.id', '=', 'tap_identities.id')
    .whereRef('taps.card_token', '=', 'tap_identities.card_token'),
);

/** What taps were answered before, by id. */
export async function readAnswers(
  transaction: Transaction<Tables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KeptAnswer>> {
  if (ids.length === 0) return new Map();
  const rows = await answersOf(transaction, { ids: JSON.stringify(ids.map((id) => ({ id }))) });
  return new Map(rows.map((row) => [row.id, { contentHash: row.content_hash, answer: keptAnswer(row) }]));
}
