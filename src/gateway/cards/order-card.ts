import type { Transaction } from 'kysely';
import { shanghaiDay } from '../../calendar/shanghai.js';
import { readMemberFacts } from '../membership/facts.js';
import { memberRefusal } from '../membership/index.js';
import type { CardOrdersTable, Tables } from '../storage/index.js';
import { appendEvent, hashStep, subjectOfOrder } from './card-event.js';
import { orderLife } from './card-life.js';
import type { CardOptions } from './card-options.js';
import { type CardStepRefused, refuseStep } from './card-step-refused.js';
import { countCards } from './count-cards.js';
import { type CardOrder, readOrder } from './order-view.js';
import { readyDay } from './ready-day.js';

export interface OrderRequest {
  readonly member: string;
  /** By its id or a name in the policy; the policy's first where none is chosen. */
  readonly bank?: string | undefined;
  readonly kind: CardOrdersTable['kind'];
  /** Who orders it: `key:…`, `account:…`, `command-line`. */
  readonly by: string;
  /** ISO 8601 with offset. */
  readonly at: string;
  readonly reason?: string | undefined;
}

/** What an order is besides its request, where there is a card already. */
export interface OrderOfCard {
  /** The card that is exchanged. */
  readonly cardToken?: string;
  /** Where the card was, whatever the policy names. */
  readonly bank?: string;
  readonly replaces?: string;
  readonly sequenceNumber?: number;
  readonly feeFen?: number;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** `exists`: the same is on order already, and this is that order. */
export interface OrderedCard {
  readonly result: 'created' | 'exists';
  readonly order: CardOrder;
}

/**
 * Orders a card within the caller's transaction: once, however often it is asked for while the order is open. A member
 * who has cards enough, or who is none, gets no new one.
 */
export async function orderCard(
  options: CardOptions,
  transaction: Transaction<Tables>,
  request: OrderRequest,
  ofCard: OrderOfCard = {},
): Promise<OrderedCard | CardStepRefused> {
  const { member, kind, at } = request;
  const bank = ofCard.bank ?? bankOf(options, request.bank);
  if (bank === undefined) return refuseStep('bank-unknown');
  if (!(await holdMember(options, transaction, member))) return refuseStep('member-unknown');
  const openKey = `${kind}:${ofCard.cardToken ?? ofCard.replaces ?? member}`;
  const open = await transaction
    .selectFrom('card_orders')
    .select('id')
    .where('open_key', '=', openKey)
    .executeTakeFirst();
  if (open) return { result: 'exists', order: (await readOrder(transaction, open.id))! };
  const { memberships } = (await readMemberFacts(transaction, [member])).get(member)!;
  if (memberRefusal({ generation: 'pboc3', member: true, certifications: [], states: [], memberships }, at)) {
    return refuseStep('member-left');
  }
  const { cardsOfMember } = options.cardPolicy;
  if (kind === 'new' && (await countCards(transaction, member, at)) >= cardsOfMember) {
    return refuseStep('card-held-already', `${cardsOfMember} in use or on order`);
  }
  const row = newRow(options, { ...request, bank }, ofCard, openKey);
  await transaction.insertInto('card_orders').values(row).execute();
  await appendEvent(transaction, {
    subject: subjectOfOrder(row.id),
    step: 'order',
    state: row.state,
    at,
    nowMs: row.recorded_at_ms,
    by: request.by,
    reason: request.reason,
    details: { kind, bank, readyFrom: row.ready_from, ...ofCard.details },
    contentHash: hashStep(options.tokenKey, request.by, { step: 'order', ...request }),
  });
  return { result: 'created', order: (await readOrder(transaction, row.id))! };
}

/** Names a bank by its id, whether it is called by its id or by a name. */
function bankOf({ cardPolicy: { banks } }: CardOptions, called: string | undefined): string | undefined {
  if (called === undefined) return banks[0]?.id;
  return banks.find(({ id, name, nameZh }) => [id, name, nameZh].includes(called))?.id;
}

/** Of two who order for one member at once the second waits; `false`: there is no such member. */
async function holdMember(
  { database }: CardOptions,
  transaction: Transaction<Tables>,
  member: string,
): Promise<boolean> {
  const row = await transaction
    .selectFrom('members')
    .select('member')
    .where('member', '=', member)
    .$if(database.kind === 'postgresql', (query) => query.forUpdate())
    .executeTakeFirst();
  return row !== undefined;
}

const ID_BYTES = 8;

function newRow(
  { cardPolicy, clock, random }: CardOptions,
  { member, bank, kind, at }: OrderRequest & { readonly bank: string },
  { cardToken, replaces, sequenceNumber, feeFen = 0 }: OrderOfCard,
  openKey: string,
): CardOrdersTable {
  const { day, isAssumed } = readyDay(cardPolicy.calendar, shanghaiDay(Date.parse(at)), cardPolicy.ready.workingDays);
  return {
    id: Buffer.from(random(ID_BYTES)).toString('hex'),
    member,
    bank,
    kind,
    state: orderLife.first,
    card_token: cardToken ?? null,
    replaces: replaces ?? null,
    sequence_number: sequenceNumber ?? null,
    open_key: openKey,
    ordered_at: at,
    ordered_at_ms: Date.parse(at),
    ready_from: day,
    is_assumed: isAssumed ? 1 : 0,
    ready_at_ms: null,
    fee_fen: feeFen,
    recorded_at_ms: clock().getTime(),
  };
}
