import { beforeEach, describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../emv/index.js';
import {
  type AuthorizationAnswer,
  type AuthorizationKind,
  createIssuerHost,
  createMemoryAccountBook,
  createTestIssuer,
  type IssuerHost,
  IssuerHostError,
  type IssuerHostOptions,
  testPan,
} from '../../../simulator/index.js';
import { CardAndIssuer, type Meeting } from '../../terminal/contact/card-and-issuer.js';
import { pki } from '../card-in-hand.js';

const PIN = '123456';
const PURSE = 10_000;
const AVAILABLE = 1_000_000;

const hostOf = (options: Partial<IssuerHostOptions> = {}): IssuerHost =>
  createIssuerHost({
    issuer: createTestIssuer(pki),
    book: createMemoryAccountBook(),
    clock: () => new Date('2016-01-04T04:00:00Z'),
    tokenKey: new Uint8Array(32).fill(7),
    opensWith: { availableFen: AVAILABLE },
    ...options,
  });

/** A card in a slot, and a host in the place of the account that it usually has here. */
class HostAndCard {
  readonly host = hostOf();
  readonly card = CardAndIssuer.of('service-card-51');
  answer: AuthorizationAnswer | undefined;
  #token = '';

  async meet(kind: AuthorizationKind, meeting: Meeting = {}, { confirms = true } = {}) {
    const run = await this.card.meet({
      pins: [PIN],
      terminal: { requestsOnline: true },
      ...meeting,
      ports: {
        authorizeOnline: ({ data }) => {
          const { answer } = this.host.authorize({ data, kind });
          this.answer = answer;
          this.#token = answer.card!.token;
          const { responseCode, issuerAuthenticationData, scripts } = answer;
          return {
            authorizationResponseCode: responseCode,
            issuerAuthenticationData: issuerAuthenticationData ? fromHex(issuerAuthenticationData) : undefined,
            scripts: scripts.map(fromHex),
          };
        },
      },
    });
    const { reversalRequired, scriptResults } = run.outcome;
    const outcome = reversalRequired ? 'reversed' : 'completed';
    if (confirms && this.answer?.id) this.host.confirm(this.answer.id, { outcome, scriptResults });
    return run;
  }

  get token(): string {
    return this.#token;
  }

  get account() {
    return this.host.account(this.#token).account;
  }

  /** Purse and account together, fen. */
  get money(): number {
    return this.card.balanceFen + this.account.availableFen;
  }
}

let both: HostAndCard;
beforeEach(() => {
  both = new HostAndCard();
});

test('a card that proves itself has an account from then on; one that does not has none', async () => {
  await both.meet('purchase');
  expect(both.account).toMatchObject({ availableFen: AVAILABLE - 1_000, transactionCounter: 1 });
  const stranger = hostOf();
  const made = { data: new Map([['5A', fromHex('6228000100000000017F')]]) };
  expect(stranger.authorize(made).answer).toMatchObject({ reason: 'request-incomplete', responseCode: '30' });
  expect(stranger.accounts({ limit: 10 })).toEqual([]);
});

test('the checks are told one by one, down to the one that failed', async () => {
  await both.meet('purchase', { data: { '9F02': '000099999999' } });
  const passed = ['request', 'cryptogram', 'purse-data', 'counter', 'status', 'expiry', 'card-results'];
  expect(both.answer!.checks).toEqual([
    ...[...passed, 'currency', 'pin'].map((check) => ({ check, passed: true })),
    { check: 'amount', passed: false, reason: 'funds-insufficient' },
  ]);
  expect(both.answer).toMatchObject({
    decision: 'declined',
    responseCode: '51',
    meaning: expect.stringMatching(/less/),
  });
});

test('a request that comes again gets the same answer and moves nothing; another one under its name is refused', async () => {
  let sent = new Map<string, Uint8Array>();
  await both.card.meet({
    pins: [PIN],
    terminal: { requestsOnline: true },
    ports: {
      authorizeOnline: ({ data }) => {
        sent = new Map(data);
        return 'unable';
      },
    },
  });
  const first = both.host.authorize({ data: sent, kind: 'load' });
  const again = both.host.authorize({ data: sent, kind: 'load' });
  expect(first.isRepeated).toBe(false);
  expect(again).toEqual({ isRepeated: true, answer: first.answer });
  const { token } = first.answer.card!;
  expect(both.host.account(token).account.availableFen).toBe(AVAILABLE - 1_000);
  expect(() => both.host.authorize({ data: sent, kind: 'purchase' })).toThrowError(
    expect.objectContaining({ code: 'authorization-differs' }),
  );
  const forged = new Map([...sent, ['9F26', new Uint8Array(8)]]);
  expect(both.host.authorize({ data: forged }).answer).toMatchObject({ reason: 'cryptogram-wrong', scripts: [] });
});

test('an ordered load rides on the next purchase, once, and its money is set aside at once', async () => {
  await both.meet('balance');
  expect(both.host.load(both.token, 'salary', 5_000).isNew).toBe(true);
  expect(both.host.load(both.token, 'salary', 5_000).isNew).toBe(false);
  expect(() => both.host.load(both.token, 'salary', 6_000)).toThrowError(IssuerHostError);
  expect(() => both.host.load(both.token, 'more', AVAILABLE)).toThrowError(
    expect.objectContaining({ code: 'available-too-low' }),
  );
  expect(both.account.availableFen).toBe(AVAILABLE - 5_000);
  await both.meet('purchase');
  expect(both.answer!.orders).toEqual([{ kind: 'load-purse', balanceFen: 15_000, amountFen: 5_000 }]);
  expect(both.card.balanceFen).toBe(15_000);
  expect(both.account).toMatchObject({ availableFen: AVAILABLE - 6_000, loads: [], sent: [] });
});

test('ordered loads wait where the purse has no room for them, and come back when they are called off', async () => {
  await both.meet('balance');
  both.host.changeAccount(both.token, { limits: { purseFen: 12_000 } });
  both.host.load(both.token, 'large', 5_000);
  both.host.load(both.token, 'small', 1_500);
  await both.meet('load', { data: { '9F02': '000000000400' } });
  expect(both.card.balanceFen).toBe(11_900);
  expect(both.account.loads).toEqual([{ id: 'large', amountFen: 5_000 }]);
  both.host.changeAccount(both.token, { cancelsOrders: true });
  expect(both.account).toMatchObject({ loads: [], availableFen: AVAILABLE - 1_900 });
});

test('a reversal gives a purchase back, once', async () => {
  await both.meet('purchase', {}, { confirms: false });
  const { id } = both.answer!;
  both.host.confirm(id!, { outcome: 'reversed', scriptResults: [] });
  both.host.confirm(id!, { outcome: 'reversed', scriptResults: [] });
  expect(both.account).toMatchObject({ availableFen: AVAILABLE, day: { count: 0, amountFen: 0 } });
  expect(() => both.host.confirm(id!, { outcome: 'completed', scriptResults: [] })).toThrowError(
    expect.objectContaining({ code: 'confirmation-differs' }),
  );
});

test('a new card of the same number begins anew', async () => {
  await both.meet('purchase');
  const { host } = both;
  both = Object.assign(new HostAndCard(), { host });
  await both.meet('purchase', { data: { '9F02': '000000000500' } });
  expect(both.answer).toMatchObject({ reason: 'counter-repeated' });
  host.changeAccount(both.token, { isRenewed: true });
  await both.meet('purchase');
  expect(both.answer).toMatchObject({ reason: 'approved' });
});

test('an advice of a declined transaction is believed where it is the card’s, and moves nothing', async () => {
  await both.meet('balance');
  const { outcome } = await both.card.meet({
    pins: [PIN],
    data: { DF13: 'FFFFFFFFFF', '9F1B': '00000001' },
    host: false,
  });
  expect(outcome.outcome).toBe('declined');
  const advised = both.host.advise(outcome.data);
  expect(advised).toMatchObject({ isProved: true, cryptogramType: 'AAC' });
  expect(both.account).toMatchObject({ transactionCounter: 2, availableFen: AVAILABLE });
  const changed = new Map([...outcome.data, ['9F02', new Uint8Array(6)]]);
  expect(both.host.advise(changed)).toMatchObject({ isProved: false, reason: 'cryptogram-wrong' });
});

describe('a load is whole or none, wherever the card leaves and though nobody confirms', async () => {
  const { trace } = await new HostAndCard().meet('load');
  const places = trace.flatMap(({ name }, place) =>
    name === 'generate-ac' || place >= trace.length - 3 ? [place] : [],
  );
  const cases = places.flatMap((place) => [true, false].map((executed) => ({ place, executed })));

  test.each(cases)('command $place, carried out: $executed', async ({ place, executed }) => {
    await both.meet('balance');
    const { card } = both.card;
    const { transmit } = card;
    let sent = 0;
    card.transmit = (command) => {
      const here = sent++;
      if (here === place && executed) transmit.call(card, command);
      return here >= place ? new Uint8Array(0) : transmit.call(card, command);
    };
    await both.meet('load', {}, { confirms: false });
    card.transmit = transmit;
    await both.meet('balance');
    expect(both.answer).toMatchObject({ reason: 'approved' });
    expect(both.money).toBe(PURSE + AVAILABLE);
    expect(both.account.sent).toEqual([]);
    await both.meet('load');
    expect(both.money, 'the next load is as ever').toBe(PURSE + AVAILABLE);
    expect(both.card.balanceFen % 1_000).toBe(0);
  });
});

test('what moves no money is within every limit of it', async () => {
  await both.meet('balance');
  both.host.changeAccount(both.token, { limits: { countDaily: 0 } });
  await both.meet('balance');
  expect(both.answer).toMatchObject({ reason: 'approved' });
  await both.meet('purchase');
  expect(both.answer).toMatchObject({ reason: 'count-limit-exceeded' });
});

test('orders go out with PINs hidden from whoever reads the answer', async () => {
  await both.meet('balance');
  both.host.order(both.token, 'one', { kind: 'change-pin', newPin: '9876' });
  await both.meet('purchase');
  expect(both.answer!.orders).toEqual([{ kind: 'change-pin' }]);
  expect(JSON.stringify(both.answer)).not.toContain('9876');
  expect((await both.meet('purchase', { pins: ['9876'] })).cvm).toBe('410302');
  expect(toHex(fromHex(both.answer!.field55!)).startsWith('8A02303091')).toBe(true);
});

test('what is kept of an order gives its PIN to nobody without the token key', () => {
  const [one, other] = [7, 8].map((byte) => {
    const book = createMemoryAccountBook();
    const host = hostOf({ book, tokenKey: new Uint8Array(32).fill(byte) });
    const { token } = host.openAccount({ pan: testPan('bank-of-china', 1), panSequenceNumber: '01', availableFen: 0 });
    const digests = ['one', 'two'].map((id) => {
      host.order(token, id, { kind: 'change-pin', newPin: '9876' });
      return book.transaction((pages) => pages.order(token, id)!.digest);
    });
    expect(digests[1]).toBe(digests[0]);
    return digests[0];
  });
  expect(one).not.toBe(other);
});

test('an order that no script can carry is refused before the card comes', async () => {
  await both.meet('balance');
  const order = (value: Parameters<IssuerHost['order']>[2]) => () => both.host.order(both.token, 'wrong', value);
  expect(order({ kind: 'put-data', tag: 'XX', value: '00' })).toThrowError(
    expect.objectContaining({ code: 'order-invalid' }),
  );
  expect(order({ kind: 'put-data', tag: '9F79', value: '00'.repeat(200) })).toThrowError(
    expect.objectContaining({ code: 'script-too-long' }),
  );
  expect(order({ kind: 'change-pin', newPin: '12' })).toThrow();
  expect(both.account.orders).toEqual([]);
});
