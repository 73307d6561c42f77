import { type Kysely, sql } from 'kysely';
import type { Tables } from '../storage/index.js';
import type { TapInspection, TapView } from './intake.js';
import { keptAnswers } from './read-answers.js';
import type { RecordSeal } from './record-seal.js';
import { sealNames } from './tap-id.js';
import type { TapRefusal } from './tap-refusals.js';

function selectTap(kysely: Kysely<Tables>, id: string) {
  return kysely.selectFrom('taps').where('id', '=', id);
}

export async function readTap(kysely: Kysely<Tables>, id: string): Promise<TapView | undefined> {
  const row = await selectTap(kysely, id).selectAll().executeTakeFirst();
  if (!row) return undefined;
  const { conflicts } = await kysely
    .selectFrom('tap_conflicts')
    .select(sql<number>`count(*)`.as('conflicts'))
    .where('tap_id', '=', id)
    .executeTakeFirstOrThrow();
  const [answer] = await keptAnswers(kysely, [row]);
  const { code, detail, receipt } = answer!;
  return {
    id,
    operator: row.operator,
    terminal: row.terminal,
    sequence: row.sequence,
    cardToken: row.card_token,
    cardMask: row.card_mask,
    ...(row.atc !== null && { applicationTransactionCounter: row.atc }),
    cryptogram: row.is_cryptogram_verified === null ? 'not-checked' : 'verified',
    at: row.at,
    serviceDay: row.service_day,
    service: row.service as TapView['service'],
    event: row.event as TapView['event'],
    place: JSON.parse(row.place),
    amountFen: row.amount_fen,
    result: row.result as TapView['result'],
    ...(code && { code }),
    ...(detail && { detail }),
    ...(receipt && { receipt }),
    ...(row.refusal !== null && { refusal: row.refusal as TapRefusal }),
    ...(row.journey_id !== null && { journeyId: row.journey_id }),
    ...(row.uploaded_at_ms !== null && { uploadedAt: new Date(row.uploaded_at_ms).toISOString() }),
    receivedAt: new Date(row.received_at_ms).toISOString(),
    conflicts,
  };
}

export async function inspectTap(
  kysely: Kysely<Tables>,
  seal: RecordSeal,
  id: string,
): Promise<TapInspection | undefined> {
  const kept = await selectTap(kysely, id).select(['record', 'operator', 'terminal', 'sequence']).executeTakeFirst();
  if (!kept) return undefined;
  const others = await kysely
    .selectFrom('tap_conflicts')
    .select('record')
    .where('tap_id', '=', id)
    .orderBy('received_at_ms')
    .orderBy('content_hash')
    .execute();
  const open = ({ record }: { readonly record: Uint8Array }) => seal.open(sealNames({ id, ...kept }), record);
  return { record: open(kept), conflicting: others.map(open) };
}
