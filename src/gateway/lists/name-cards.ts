import type { Kysely } from 'kysely';
import { cardToken, isCardNumber, panOf, type TapRecord } from '../../tap/index.js';
import { IntakeError } from '../intake/intake-error.js';
import { createRecordSeal, type RecordSeal } from '../intake/record-seal.js';
import { sealNames } from '../intake/tap-id.js';
import { tapRefusals } from '../intake/tap-refusals.js';
import { counterCard, counterTapId, type Tables } from '../storage/index.js';
import { listNames } from './card-list-names.js';
import type { ListOptions } from './list-options.js';

type Source = Pick<ListOptions, 'database' | 'tokenKey' | 'recordKeys' | 'recordUnreadable'>;

export interface NamedCards {
  /** 16 bytes each; a list uses the first eight. */
  readonly names: ReadonlyMap<string, Uint8Array>;
  /** Cards whose number the gateway has not seen since it gives names: registered once more, they get theirs. */
  readonly unnamed: number;
}

const SEALED_LENGTH = 16;

/** So many of a card's taps are looked at for one whose record opens. */
const TAPS_MAX = 8;

/**
 * What cards, at most a thousand, are called on lists. One that was never registered, or before names were kept, is
 * named by the number in a tap that it has made, once for all. A record that is damaged is told of, and keeps nobody
 * else from a name.
 */
export async function nameCards(source: Source, tokens: readonly string[]): Promise<NamedCards> {
  const { tokenKey, database } = source;
  const { kysely } = database;
  if (tokens.length === 0) return { names: new Map(), unnamed: 0 };
  const kept = await kysely.selectFrom('card_list_names').selectAll().where('card_token', 'in', tokens).execute();
  const sealed = new Map(kept.map(({ card_token, sealed_name }) => [card_token, sealed_name]));
  for (const token of tokens) {
    if (sealed.has(token)) continue;
    const name = await nameByTap(source, token);
    if (name !== undefined) sealed.set(token, name);
  }
  const opened = listNames(tokenKey).open(Buffer.concat([...sealed.values()]));
  const names = [...sealed.keys()].map((token, index): [string, Uint8Array] => [
    token,
    opened.subarray(index * SEALED_LENGTH, (index + 1) * SEALED_LENGTH),
  ]);
  return { names: new Map(names), unnamed: tokens.length - names.length };
}

async function nameByTap(source: Source, token: string): Promise<Uint8Array | undefined> {
  const { tokenKey, recordKeys, database } = source;
  const { kysely } = database;
  const counted = await countedTaps(kysely, token);
  const taps = counted.length > 0 ? counted : await refusedTaps(kysely, token);
  const seal = createRecordSeal(tokenKey, recordKeys);
  let pan: string | undefined;
  for (const tap of taps) {
    const record = opened(tap, seal);
    if (record === undefined) source.recordUnreadable(tap.id);
    pan = record && panOf(record.evidence);
    if (pan !== undefined) break;
  }
  if (pan === undefined || !isCardNumber(pan) || cardToken(tokenKey, pan) !== token) return undefined;
  const name = listNames(tokenKey).sealedName(pan);
  await kysely
    .insertInto('card_list_names')
    .values({ card_token: token, sealed_name: name })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return name;
}

type KeptTap = Parameters<typeof sealNames>[0] & { readonly record: Uint8Array };

function opened(tap: KeptTap, seal: RecordSeal): TapRecord | undefined {
  try {
    return seal.open(sealNames(tap), tap.record);
  } catch (error) {
    if (error instanceof IntakeError) return undefined;
    throw error;
  }
}

const TAP_COLUMNS = ['taps.id', 'taps.operator', 'taps.terminal', 'taps.sequence', 'taps.record'] as const;

/** Those that took a counter of the card, the highest first. */
const countedTaps = (kysely: Kysely<Tables>, token: string) =>
  kysely
    .selectFrom('card_counters')
    .innerJoin('taps', (join) => join.on('taps.id', '=', counterTapId(kysely, 'card_counters.tap')))
    .select(TAP_COLUMNS)
    .where('card_counters.card', '=', counterCard(token))
    .where('taps.card_token', '=', token)
    .orderBy('card_counters.chip', 'desc')
    .orderBy('card_counters.atc', 'desc')
    .limit(TAPS_MAX)
    .execute();

/** Whatever took none was refused. */
const refusedTaps = (kysely: Kysely<Tables>, token: string) =>
  kysely
    .selectFrom('taps')
    .select(TAP_COLUMNS)
    .where('refusal', 'in', Object.keys(tapRefusals))
    .where('card_token', '=', token)
    .limit(TAPS_MAX)
    .execute();
