import { sql, type Transaction } from 'kysely';
import type { Service } from '../../tap/index.js';
import { type CountedTap, type Suspicion, type SuspicionPolicy, suspect } from '../evidence/index.js';
import { groupBy } from '../group-by.js';
import {
  counterCardOf,
  counterChipOf,
  counterTapId,
  prepareReading,
  rowsOfJson,
  type SuspicionsTable,
  type Tables,
} from '../storage/index.js';
import type { ExaminedTap } from './examine-tap.js';
import { insertRows } from './insert-rows.js';
import type { AskedTap } from './price-cards.js';

/** What the counters of cards say of new taps, and again of taps that stand right behind them. */
export interface Judgement {
  /** New taps that cannot be, by id. */
  readonly setAside: ReadonlyMap<string, Suspicion>;
  /** Kept taps that were set aside or let back, with all that they touch still to be priced. */
  readonly rejudged: readonly RejudgedTap[];
}

export interface RejudgedTap extends AskedTap {
  readonly cardToken: string;
}

/** A tap in the row of its chip's transactions. */
interface Counted extends CountedTap {
  readonly id: string;
  readonly cardToken: string;
  readonly chip: string;
  readonly service: Service;
  readonly at: string;
  /** As it is kept; `undefined` for a tap that is being accepted. */
  readonly kept?: { readonly isPriced: boolean; readonly refusal: string | null };
}

const NONE: Judgement = { setAside: new Map(), rejudged: [] };

const chipOf = ({ cardToken, chip }: Pick<Counted, 'cardToken' | 'chip'>): string => `${cardToken} ${chip}`;

/**
 * Judges taps whose counters have just been taken by the tap that stands immediately before each in the row of its
 * chip, and those immediately behind them anew. Which taps are set aside in the end hangs on the set of taps alone and
 * not on the order in which they came. The cards are held.
 */
export async function judgeTransactions(
  transaction: Transaction<Tables>,
  policy: SuspicionPolicy,
  proved: readonly ExaminedTap[],
  at: Date,
): Promise<Judgement> {
  if (proved.length === 0) return NONE;
  const fresh = proved.map(toCounted);
  const kept = await readNeighbours(transaction, fresh);
  const known = new Set(fresh.map(({ id }) => id));
  const rows = groupBy([...fresh, ...kept.filter(({ id }) => !known.has(id))], chipOf);
  const judged = [...rows.values()].flatMap((row) => judgeRow(policy, row));
  await writeSuspicions(transaction, judged, at);
  const moved = judged.filter(({ tap, isSetAside }) => tap.kept?.isPriced === isSetAside);
  for (const each of judged) if (isChanged(each)) await moveTap(transaction, each);
  return {
    setAside: new Map(
      judged.flatMap(({ tap, suspicion, isSetAside }) =>
        isSetAside && !tap.kept ? [[tap.id, suspicion!] as const] : [],
      ),
    ),
    rejudged: moved.map(({ tap: { cardToken, service, at } }) => ({ cardToken, service, at, isMoved: true })),
  };
}

interface Judged {
  readonly tap: Counted;
  readonly before: Counted;
  readonly suspicion: Suspicion | undefined;
  readonly isSetAside: boolean;
}

/** Whether a kept tap is set aside or let back, or set aside for another reason. */
function isChanged({ tap: { kept }, suspicion, isSetAside }: Judged): boolean {
  return kept !== undefined && (kept.isPriced === isSetAside || (isSetAside && kept.refusal !== suspicion!.code));
}

async function moveTap(transaction: Transaction<Tables>, { tap, suspicion, isSetAside }: Judged): Promise<void> {
  await transaction
    .updateTable('taps')
    .set({ is_proved: isSetAside ? 0 : 1, refusal: isSetAside ? suspicion!.code : null, journey_id: null })
    .where('card_token', '=', tap.cardToken)
    .where('id', '=', tap.id)
    .execute();
}

/** The taps of a chip's row of which the one before is known, where either is new. */
function judgeRow(policy: SuspicionPolicy, row: readonly Counted[]): Judged[] {
  const sorted = [...row].sort((one, other) => one.atc - other.atc);
  return sorted.flatMap((tap, index) => {
    const before = sorted[index - 1];
    if (!before || (tap.kept && before.kept)) return [];
    const suspicion = suspect(policy, before, tap);
    return [{ tap, before, suspicion, isSetAside: suspicion?.isSetAside ?? false }];
  });
}

function toCounted({ id, cardToken, proof, record: { at, place, service } }: ExaminedTap): Counted {
  return { id, cardToken, chip: proof!.chip, atc: proof!.atc, at, atMs: Date.parse(at), place, service };
}

const ASKED = { place: 'bigint', card_token: 'text', chip: 'text', atc: 'bigint' } as const;

const neighboursOf = prepareReading((kysely, { chips }: { chips: string }) => {
  const query = sql<NeighbourRow>`
    with asked as (
      select place, card_token, atc, ${counterCardOf(kysely, 'card_token')} as card, ${counterChipOf(kysely, 'chip')} as chip
      from ${rowsOfJson(kysely, chips, ASKED)} as asked_for
    ),
    near as (
      select place, card_token, (
        select known.tap from card_counters as known
        where known.card = asked.card and known.chip = asked.chip and known.atc < asked.atc
        order by known.atc desc limit 1
      ) as tap from asked
      union all
      select place, card_token, (
        select known.tap from card_counters as known
        where known.card = asked.card and known.chip = asked.chip and known.atc > asked.atc
        order by known.atc limit 1
      ) as tap from asked
    )
    select near.place as asked_place, taps.atc, taps.id, taps.at, taps.at_ms, taps.place, taps.service, taps.is_proved,
      taps.refusal
    from near
    cross join taps
    where taps.card_token = near.card_token and taps.id = ${counterTapId(kysely, 'near.tap')}`;
  return { compile: () => query.compile(kysely) };
});

/** The kept taps that stand immediately before and behind new ones, by one reach into the index for each side. */
async function readNeighbours(transaction: Transaction<Tables>, fresh: readonly Counted[]): Promise<Counted[]> {
  const chips = fresh.map(({ cardToken, chip, atc }, place) => ({ place, card_token: cardToken, chip, atc }));
  const rows = await neighboursOf(transaction, { chips: JSON.stringify(chips) });
  // Two new taps may have one neighbour.
  const neighbours = new Map(rows.map((row) => [row.id, row]));
  return [...neighbours.values()].map((row) => ({
    id: row.id,
    cardToken: fresh[row.asked_place]!.cardToken,
    chip: fresh[row.asked_place]!.chip,
    atc: row.atc,
    at: row.at,
    atMs: row.at_ms,
    place: JSON.parse(row.place),
    service: row.service,
    kept: { isPriced: row.is_proved === 1, refusal: row.refusal },
  }));
}

interface NeighbourRow {
  /** Of the new tap that it stands beside. */
  readonly asked_place: number;
  readonly atc: number;
  readonly id: string;
  readonly at: string;
  readonly at_ms: number;
  readonly place: string;
  readonly service: Service;
  readonly is_proved: number;
  readonly refusal: string | null;
}

/** Of taps that are judged anew, what was said before is forgotten. */
async function writeSuspicions(transaction: Transaction<Tables>, judged: readonly Judged[], at: Date): Promise<void> {
  const again = judged.filter(({ tap }) => tap.kept).map(({ tap }) => tap);
  for (const { cardToken, id } of again) {
    await transaction.deleteFrom('suspicions').where('card_token', '=', cardToken).where('tap_id', '=', id).execute();
  }
  const rows = judged.flatMap(({ tap, before, suspicion }): SuspicionsTable[] =>
    suspicion
      ? [
          {
            card_token: tap.cardToken,
            tap_id: tap.id,
            code: suspicion.code,
            score: suspicion.score,
            is_set_aside: suspicion.isSetAside ? 1 : 0,
            before_tap_id: before.id,
            parts: JSON.stringify(suspicion.parts),
            judged_at_ms: at.getTime(),
          },
        ]
      : [],
  );
  await insertRows(transaction, 'suspicions', rows);
}
