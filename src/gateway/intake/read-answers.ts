import type { Kysely, Transaction } from 'kysely';
import { prepareQuery, rowsOfJson, type Tables, type TapsTable } from '../storage/index.js';
import type { ExaminedTap } from './examine-tap.js';
import type { TapAnswer, ToldAnswer } from './intake.js';
import { type PackedReceipt, type ReceiptTap, stepsIn, unpackReceipt } from './kept-receipt.js';
import { readPriceSteps } from './price-steps.js';
import { sealedHash } from './sealed-hash.js';
import { identityName } from './tap-id.js';
import { type TapRefusal, tapRefusals } from './tap-refusals.js';

export interface KeptAnswer {
  readonly contentHash: string;
  readonly answer: TapAnswer;
}

export function refusedAnswer(id: string, code: TapRefusal): TapAnswer {
  return { result: 'refused', id, code, detail: tapRefusals[code].meaning };
}

export function conflictAnswer(id: string): Omit<TapAnswer, 'receipt'> {
  return { result: 'conflict', id, code: 'content-conflict', detail: tapRefusals['content-conflict'].meaning };
}

/** The answer to a tap that has been answered before: word for word, but for `exists`. */
export function againAnswer<Answer extends TapAnswer | ToldAnswer>(answer: Answer): Answer {
  return answer.result === 'created' ? { ...answer, result: 'exists' } : answer;
}

/** What of a tap's row the answer to it is kept in. */
export type AnsweredTap = ReceiptTap & Pick<TapsTable, 'result' | 'code' | 'receipt'>;

/** The answers that are kept with taps, in their order. */
export async function keptAnswers(kysely: Kysely<Tables>, taps: readonly AnsweredTap[]): Promise<TapAnswer[]> {
  const receipts = taps.map(({ receipt }) => (receipt === null ? undefined : (JSON.parse(receipt) as PackedReceipt)));
  const stepsOf = await readPriceSteps(
    kysely,
    receipts.flatMap((receipt) => (receipt ? stepsIn(receipt) : [])),
  );
  return taps.map((tap, index) => {
    const { id, result, code } = tap;
    if (result === 'refused') return refusedAnswer(id, code as TapRefusal);
    const receipt = receipts[index];
    return { result: 'created', id, ...(receipt && { receipt: unpackReceipt(tap, receipt, stepsOf) }) };
  });
}

interface Identity {
  readonly operator: string;
  readonly terminal: string;
  readonly sequence: number;
}

const IDENTITY = { operator: 'text', terminal: 'text', sequence: 'bigint' } as const;

const answersOf = prepareQuery((kysely, { identities }: { identities: string }) =>
  kysely
    .selectFrom(rowsOfJson<Identity>(kysely, identities, IDENTITY).as('asked'))
    .crossJoin('tap_identities')
    .crossJoin('taps')
    .select(['taps.operator', 'taps.terminal', 'taps.sequence'])
    .select(['taps.id', 'taps.card_mask', 'taps.service', 'taps.event', 'taps.at'])
    .select(['taps.result', 'taps.code', 'taps.receipt', 'tap_identities.content_hash'])
    .select(sealedHash('taps.record').as('sealed_hash'))
    .whereRef('tap_identities.operator', '=', 'asked.operator')
    .whereRef('tap_identities.terminal', '=', 'asked.terminal')
    .whereRef('tap_identities.sequence', '=', 'asked.sequence')
    .whereRef('taps.id', '=', 'tap_identities.id'),
);

/** Of identities that were taken before sealed records told it, the hash stands beside them. */
const contentHashOf = (row: { readonly content_hash: string; readonly sealed_hash: Uint8Array }): string =>
  row.content_hash || Buffer.from(row.sealed_hash).toString('hex');

/**
 * What was answered under the identities of taps before, by their names. The id of what is kept there may be another:
 * the content was, or it was kept when ids had another form.
 */
export async function readAnswers(
  transaction: Transaction<Tables>,
  taps: readonly ExaminedTap[],
): Promise<ReadonlyMap<string, KeptAnswer>> {
  if (taps.length === 0) return new Map();
  const identities = taps.map(({ record: { operator, terminal, sequence } }) => ({ operator, terminal, sequence }));
  const rows = await answersOf(transaction, { identities: JSON.stringify(identities) });
  const kept = await keptAnswers(transaction, rows);
  return new Map(
    rows.map((row, index) => [identityName(row), { contentHash: contentHashOf(row), answer: kept[index]! }]),
  );
}
