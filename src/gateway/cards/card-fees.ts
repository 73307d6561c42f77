import type { Transaction } from 'kysely';
import { type LedgerLine, postInTransaction } from '../settlement/index.js';
import type { CardOrdersTable, LedgerTransactionsTable, Tables } from '../storage/index.js';
import { appendEvent, hashStep, readEvents } from './card-event.js';
import { allowedSteps, type FeeState, type FeeStep, feeLife, stateAfter } from './card-life.js';
import type { CardOptions } from './card-options.js';
import { type CardStepRefused, refuseStep, stepNotAllowed } from './card-step-refused.js';
import { readFeeState, subjectOfFee } from './fee-state.js';
import { inSteps } from './in-steps.js';
import { type CardOrder, readOrder } from './order-view.js';
import { refuseMoment } from './step-moment.js';
import { holdOrder, type OrderStepTaken } from './take-order-step.js';

export interface SteppedFee {
  readonly result: 'created' | 'exists';
  readonly order: CardOrder;
}

type Kind = LedgerTransactionsTable['kind'];

const KINDS: Readonly<Record<FeeStep | 'book', Kind>> = {
  book: 'fee',
  pay: 'payment',
  waive: 'write-off',
  return: 'fee',
};

/** Books the fee of an order that was just made: the lost card owes it, and it is the account's of the policy. */
export async function bookFee(
  options: CardOptions,
  transaction: Transaction<Tables>,
  row: Pick<CardOrdersTable, 'id' | 'fee_fen' | 'replaces' | 'card_token'>,
  taken: Omit<OrderStepTaken, 'order'> & { readonly at: string },
): Promise<void> {
  if (row.fee_fen === 0) return;
  await post(options, transaction, row, 'book', taken, [fees(row, -1), owed(row, 1)]);
  await write(options, transaction, row.id, 'book', feeLife.first, taken);
}

/** The fee is paid at the counter. */
export const payFee = (options: CardOptions, request: OrderStepTaken) => feeStep(options, request, 'pay');

/** The fee is given up, for a reason. */
export const waiveFee = (options: CardOptions, request: OrderStepTaken & { readonly reason: string }) =>
  feeStep(options, request, 'waive');

/** The order was cancelled: nobody owes anything for it, and what was paid is owed to the card. */
export async function returnFee(
  options: CardOptions,
  transaction: Transaction<Tables>,
  row: CardOrdersTable,
  taken: Omit<OrderStepTaken, 'order'> & { readonly at: string },
): Promise<void> {
  const state = await readFeeState(transaction, row.id);
  if (state === undefined || stateAfter(feeLife, state, 'return') === undefined) return;
  const back = state === 'waived' ? givenUp(row, -1) : owed(row, -1);
  await post(options, transaction, row, 'return', taken, [fees(row, 1), back]);
  await write(options, transaction, row.id, 'return', 'returned', taken);
}

type FeeRow = Pick<CardOrdersTable, 'id' | 'fee_fen' | 'replaces' | 'card_token'>;

const line = (account: LedgerLine['account'], party: string, amountFen: number): LedgerLine => ({
  account,
  party,
  operator: '',
  amountFen,
});
const cardOf = ({ replaces, card_token }: FeeRow): string => replaces ?? card_token ?? '';
const owed = (row: FeeRow, sign: 1 | -1): LedgerLine => line('card', cardOf(row), sign * row.fee_fen);
const fees = ({ fee_fen }: FeeRow, sign: 1 | -1): LedgerLine => line('fees', '', sign * fee_fen);
const givenUp = ({ fee_fen }: FeeRow, sign: 1 | -1): LedgerLine => line('write-off', '', sign * fee_fen);

function feeStep(
  options: CardOptions,
  { order, ...taken }: OrderStepTaken,
  step: 'pay' | 'waive',
): Promise<SteppedFee | CardStepRefused> {
  return inSteps(options, async (transaction) => {
    const row = await holdOrder(options, transaction, order);
    if (!row) return refuseStep('card-order-unknown');
    const events = await readEvents(transaction, [subjectOfFee(order)]);
    const last = events.at(-1);
    if (!last) return refuseStep('fee-unknown');
    const state = last.state as FeeState;
    const next = stateAfter(feeLife, state, step);
    const told = async (result: 'created' | 'exists') => ({ result, order: (await readOrder(transaction, order))! });
    if (next === undefined) {
      const contentHash = hashOf(options, step, taken);
      const isKnown = events.some(({ content_hash }) => content_hash === contentHash);
      return isKnown ? told('exists') : stepNotAllowed(`${step} fee`, state, allowedSteps(feeLife, state));
    }
    const nowMs = options.clock().getTime();
    const at = taken.at ?? new Date(nowMs).toISOString();
    const refusal = refuseMoment(at, nowMs, last);
    if (refusal) return refusal;
    const counter = step === 'pay' ? line('bank', '', row.fee_fen) : givenUp(row, 1);
    await post(options, transaction, row, step, taken, [counter, owed(row, -1)]);
    await write(options, transaction, order, step, next, { ...taken, at }, hashOf(options, step, taken));
    return told('created');
  });
}

const hashOf = ({ tokenKey }: CardOptions, step: string, { by, at, reason }: Omit<OrderStepTaken, 'order'>): string =>
  hashStep(tokenKey, by, { step, told: at, reason });

const REASONS = {
  book: 'another card in place of a lost one',
  pay: 'paid at the counter',
  waive: 'given up',
  return: 'the order was cancelled',
} as const;

function post(
  options: CardOptions,
  transaction: Transaction<Tables>,
  row: FeeRow,
  step: keyof typeof REASONS,
  { by, reason = REASONS[step] }: Omit<OrderStepTaken, 'order'>,
  lines: readonly LedgerLine[],
): Promise<void> {
  const id = `card-fee:${row.id}:${step}`;
  return postInTransaction(
    transaction,
    { ...options, by },
    { id, kind: KINDS[step], reason, cardToken: cardOf(row), lines },
  );
}

async function write(
  options: CardOptions,
  transaction: Transaction<Tables>,
  order: string,
  step: string,
  state: FeeState,
  taken: Omit<OrderStepTaken, 'order'> & { readonly at: string },
  contentHash = hashOf(options, step, taken),
): Promise<void> {
  const { at, by, reason } = taken;
  const nowMs = options.clock().getTime();
  await appendEvent(transaction, { subject: subjectOfFee(order), step, state, at, nowMs, by, reason, contentHash });
}
