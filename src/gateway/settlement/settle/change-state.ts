import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../../storage/index.js';
import { publish } from '../../webhooks/index.js';
import { hashSettlement } from '../file/hash-settlement.js';
import type { SettlementState, SettlementView } from '../settlement.js';
import { type Refused, refused, type SettlementOptions } from '../settlement-options.js';
import { type DraftSettlement, headOf } from './draft-settlement.js';
import { lastOfParty } from './last-of-party.js';
import { Overtaken, unlessOvertaken } from './overtaken.js';
import { readSettlement } from './read-settlements.js';
import { addEvent, writeSettlement } from './write-settlement.js';

/** From which states each is reached. Who answers a settlement has got it, whether it was said to be sent or not. */
const BEFORE: Readonly<Record<Exclude<SettlementState, 'created'>, readonly SettlementState[]>> = {
  sent: ['created'],
  acknowledged: ['created', 'sent'],
  rejected: ['created', 'sent'],
  resubmitted: ['rejected'],
};

export interface StateChange extends SettlementOptions {
  readonly id: string;
  readonly state: 'sent' | 'acknowledged' | 'rejected';
  readonly by: string;
  /** Of a rejection. */
  readonly reason?: string;
}

const PUBLISHED = { acknowledged: 'settlement.acknowledged', rejected: 'settlement.rejected' } as const;

/** Writes that a settlement was sent, acknowledged or rejected. The same again changes nothing; the books stay as they are. */
export async function changeState(change: StateChange): Promise<SettlementView | Refused> {
  const { database, clock, id, state, by, reason = '' } = change;
  return database.inTransaction(async (transaction) => {
    const settlement = await readSettlement(transaction, id);
    if (!settlement) return refused('settlement-unknown', 'there is no such settlement');
    if (!BEFORE[state].includes(settlement.state)) return asItWas(settlement, change);
    const at = clock();
    const isFirst = await addEvent(transaction, id, settlement.events.length + 1, { state, by, at, reason });
    if (!isFirst) return asItWas((await readSettlement(transaction, id))!, change);
    if (state !== 'sent') {
      const { serviceDay, party, totals } = settlement;
      const data = { settlementId: id, serviceDay, party, amountFen: totals.amountFen, ...(reason && { reason }) };
      await publish(transaction, { type: PUBLISHED[state], subject: id, data, at });
    }
    return (await readSettlement(transaction, id))!;
  });
}

/** The settlement where it is so already, of the same reason. */
function asItWas(settlement: SettlementView, { state, reason = '' }: StateChange): SettlementView | Refused {
  const isSame = settlement.state === state && (settlement.events.at(-1)?.reason ?? '') === reason;
  return isSame ? settlement : wrongState(settlement, state);
}

const wrongState = ({ state }: SettlementView, wanted: SettlementState): Refused =>
  refused('settlement-state-wrong', `it is ${state} and cannot be ${wanted}`);

/**
 * Hands in again what was rejected: the same lines of the same closed day, as the party's next settlement. What was wrong
 * with them has been put right by corrections on later days.
 */
export async function resubmit(
  options: SettlementOptions & { readonly id: string; readonly by: string },
): Promise<SettlementView | Refused> {
  const { database, id } = options;
  for (;;) {
    const rejected = await readSettlement(database.kysely, id);
    if (!rejected) return refused('settlement-unknown', 'there is no such settlement');
    if (rejected.state !== 'rejected') return wrongState(rejected, 'resubmitted');
    const draft = await database.aside((kysely) => draftAgain(kysely, rejected));
    const done = await unlessOvertaken(
      database.inTransaction((transaction) => writeAgain(transaction, options, rejected, draft)),
    );
    if (done) return (await readSettlement(database.kysely, draft.head.id))!;
  }
}

async function draftAgain(kysely: Kysely<Tables>, rejected: SettlementView): Promise<DraftSettlement> {
  const { serviceDay, partyKind, party, id } = rejected;
  const before = await lastOfParty(kysely, partyKind, party);
  const head = headOf(serviceDay, partyKind, party, before, id);
  return { head, before, ...(await hashSettlement(kysely, head, before.sha256)) };
}

async function writeAgain(
  transaction: Transaction<Tables>,
  { clock, by }: SettlementOptions & { readonly by: string },
  { id, partyKind, party, events }: SettlementView,
  draft: DraftSettlement,
): Promise<boolean> {
  const at = clock();
  const event = { state: 'resubmitted' as const, by, at, reason: '' };
  if (!(await addEvent(transaction, id, events.length + 1, event))) return false;
  const last = await lastOfParty(transaction, partyKind, party);
  if (last.number !== draft.before.number) throw new Overtaken();
  await writeSettlement(transaction, draft, by, at);
  const { serviceDay } = draft.head;
  const data = { settlementId: draft.head.id, serviceDay, party, amountFen: draft.totals.amountFen };
  await publish(transaction, { type: 'settlement.created', subject: draft.head.id, data, at });
  return true;
}
