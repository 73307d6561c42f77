import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  activateCard,
  cancelOrder,
  cardLife,
  cardStateAt,
  checkCard,
  closeCard,
  collectCard,
  feeLife,
  findCard,
  loseCard,
  orderLife,
  payFee,
  readFacts,
  readyCard,
  rejectCard,
  replaceCard,
  waiveFee,
} from '../../../src/gateway/cards/index.js';
import { recordMember, recordMembership } from '../../../src/gateway/membership/index.js';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardsOver } from './cards-fixture.js';

const by = 'key:k1';
const reason = 'tried';
const BEGIN_MS = Date.parse('2015-10-08T09:00:00+08:00');
const DAY_MS = 86_400_000;

const doings = [
  'order',
  'ready',
  'collect',
  'check',
  'reject',
  'activate',
  'cancel',
  'lose',
  'find',
  'replace',
  'close',
  'pay',
  'waive',
  'leave',
  'join',
] as const;

const lives = { order: orderLife, card: cardLife, fee: feeLife };
type Of = keyof typeof lives;
type Steps = Readonly<Record<string, { readonly from: readonly string[]; readonly to: string }>>;

/** A card number with its check digit. */
function panOf(number: number): string {
  const body = `6228000${String(number).padStart(11, '0')}`;
  const doubled = [...body].reverse().map((digit, index) => Number(digit) * (index % 2 === 0 ? 2 : 1));
  const sum = doubled.reduce((total, digit) => total + (digit > 9 ? digit - 9 : digit), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

let numbers = 0;

/** One member's cards, under whatever is done with them, and each answer that is no refusal counted. */
async function play(database: GatewayDatabase, wanted: readonly (typeof doings)[number][]): Promise<void> {
  const member = `m${++numbers}`;
  const identityNumber = `E${String(numbers).padStart(8, '0')}`;
  let nowMs = BEGIN_MS;
  const { cards, setNow } = cardsOver(database, new Date(nowMs).toISOString());
  const { options } = cards;
  const { kysely } = database;
  await recordMember(options, { member, name: '王芳', identityNumber });
  for (const doing of wanted) {
    nowMs += DAY_MS;
    setNow(new Date(nowMs).toISOString());
    const from = new Date(nowMs).toISOString();
    const orders = await kysely.selectFrom('card_orders').selectAll().where('member', '=', member).execute();
    const held = await kysely.selectFrom('cards').selectAll().where('member', '=', member).execute();
    const last = orders.sort((one, other) => one.recorded_at_ms - other.recorded_at_ms).at(-1);
    const order = last?.id ?? '0'.repeat(16);
    const lost = last?.kind === 'replacement' ? last.replaces : undefined;
    const token = last?.card_token ?? lost ?? held[0]?.card_token ?? 'none';
    const mask = held.find(({ card_token }) => card_token === last?.card_token)?.card_mask ?? '0000';
    const lastDigits = mask.slice(-4);
    const taken = { order, by, reason };
    const work: Readonly<Record<(typeof doings)[number], () => Promise<unknown>>> = {
      order: () =>
        database.inTransaction((transaction) => cards.orderCard(transaction, { member, kind: 'new', by, at: from })),
      ready: () => {
        nowMs += 20 * DAY_MS;
        setNow(new Date(nowMs).toISOString());
        return readyCard(options, { ...taken, pan: panOf(++numbers) });
      },
      collect: () => collectCard(options, { ...taken, collector: 'member', identityNumber, name: '王芳', lastDigits }),
      check: () => checkCard(options, { ...taken, lastDigits }),
      reject: () => rejectCard(options, taken),
      activate: () => activateCard(options, taken),
      cancel: () => cancelOrder(options, taken),
      lose: () => loseCard(options, { token, by, through: 'member' }),
      find: () => findCard(options, { token, by }),
      replace: () => replaceCard(options, { token, by }),
      close: () => closeCard(options, { token, by, reason }),
      pay: () => payFee(options, taken),
      waive: () => waiveFee(options, taken),
      leave: () =>
        recordMembership(
          { ...options, whenLeft: (transaction, leavers, who) => cards.withdraw(transaction, leavers, who) },
          { member, change: 'left', from },
        ),
      join: () => recordMembership(options, { member, change: 'joined', from }),
    };
    await work[doing]();
  }
  setNow(new Date(++nowMs).toISOString());
  await holds(database, member, new Date(nowMs).toISOString());
}

async function holds({ kysely }: GatewayDatabase, member: string, now: string): Promise<void> {
  const orders = await kysely.selectFrom('card_orders').selectAll().where('member', '=', member).execute();
  const held = await kysely.selectFrom('cards').select('card_token').where('member', '=', member).execute();
  const subjects = [
    ...orders.flatMap(({ id }) => [`order:${id}`, `fee:${id}`]),
    ...held.map(({ card_token }) => `card:${card_token}`),
  ];
  for (const subject of subjects) {
    const events = await kysely
      .selectFrom('card_events')
      .selectAll()
      .where('subject', '=', subject)
      .orderBy('number')
      .execute();
    const of = subject.split(':')[0] as Of;
    const steps: Steps = lives[of].steps;
    let state: string = lives[of].first;
    for (const { step, state: next } of events) {
      if (step in steps) {
        // A card that was without benefits may have come back with its member.
        const isBack = of === 'card' && state === 'withdrawn' && step !== 'close';
        if (!isBack) expect(steps[step]!.from, `${subject} ${step}`).toContain(state);
        expect(next).toBe(steps[step]!.to);
      }
      state = next;
    }
    if (of === 'order') expect(orders.find(({ id }) => subject.endsWith(id))!.state).toBe(state);
    if (of === 'card') {
      const kept = cardStateAt((await readFacts(kysely, subject.slice('card:'.length)))!, now);
      if (state !== 'withdrawn') expect(kept, subject).toBe(state);
      else expect(['withdrawn', ...cardLife.steps.withdraw.from]).toContain(kept);
    }
  }
}

eachEngine('steps of cards in any order', ({ open, kind }) => {
  it('leave the state that their events tell, nothing that is not in the table, and a ledger whose sum is zero', async () => {
    const database = await open();
    const common = [
      'order',
      'ready',
      'collect',
      'check',
      'activate',
      'lose',
      'replace',
      'ready',
      'pay',
      'collect',
    ] as const;
    await play(database, [...common, 'check', 'activate', 'leave', 'join', 'lose', 'find', 'close']);
    const taken = await database.kysely.selectFrom('card_events').select('step').distinct().execute();
    const wanted = [
      'order',
      'ready',
      'collect',
      'check',
      'activate',
      'lose',
      'book',
      'pay',
      'withdraw',
      'find',
      'close',
    ];
    expect(taken.map(({ step }) => step)).toEqual(expect.arrayContaining(wanted));
    const anyDoings = fc.tuple(
      fc.integer({ min: 0, max: common.length }),
      fc.array(fc.constantFrom(...doings), { minLength: 1, maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(anyDoings, ([begun, wanted]) => play(database, [...common.slice(0, begun), ...wanted])),
      { numRuns: kind === 'libsql' ? 20 : 3 },
    );
    const { sum } = await database.kysely
      .selectFrom('ledger_entries')
      .select(({ fn }) => fn.sum<number | string>('amount_fen').as('sum'))
      .executeTakeFirstOrThrow();
    expect(Number(sum)).toBe(0);
  });
});
