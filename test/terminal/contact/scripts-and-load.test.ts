import { expect, test } from 'vitest';
import { toHex } from '../../../emv/index.js';
import { confirmScripts, order, type ScriptOrder } from '../../../simulator/index.js';
import { issueChanged } from '../../simulator/card-in-hand.js';
import { CardAndIssuer, type Meeting } from './card-and-issuer.js';

const PIN = '123456';
const online: Meeting = { pins: [PIN], terminal: { requestsOnline: true } };

/** A transaction online, and its script results back to the issuer. */
async function meet(both: CardAndIssuer, meeting: Meeting = {}) {
  const run = await both.meet({ ...online, ...meeting });
  both.account = confirmScripts(both.account, run.outcome.scriptResults);
  return { ...run, results: run.outcome.scriptResults.map(toHex) };
}

/** A load that failed goes back once the card tells, in the next transaction that goes online (here one of 10 yuan). */
async function expectGivenBack(both: CardAndIssuer, loadFen: number): Promise<void> {
  const { availableFen } = both.account;
  expect(both.account.sent, 'the card may have left with its answer').toHaveLength(1);
  await meet(both);
  expect(both.account.availableFen).toBe(availableFen + loadFen - 1_000);
  expect(both.account).toMatchObject({ sent: [], orders: [] });
}

const give = (both: CardAndIssuer, ...orders: ScriptOrder[]) => {
  both.account = order(both.account, ...orders);
};

test('a load moves the amount from the account to the purse', async () => {
  const both = CardAndIssuer.of('service-card-51');
  const before = both.balanceFen;
  const { outcome, results } = await meet(both, { request: { kind: 'load' } });
  expect(outcome.outcome).toBe('approved-online');
  expect(results).toEqual(['2000000001']);
  expect(both.balanceFen).toBe(before + 1_000);
  expect(both.account).toMatchObject({ availableFen: 99_000, sent: [], orders: [] });
});

test.each([1, 2, 3, 4, 5])(
  'an SM4 card whose 9F10 tells of kind %i gets a new PIN, and a load if it tells its balance',
  async (kind) => {
    const changes = { cryptogramAlgorithm: 'sm4' as const, discretionaryKind: kind };
    const both = new CardAndIssuer(issueChanged('service-card-51', changes));
    give(both, { kind: 'change-pin', newPin: '9876' });
    expect((await meet(both)).results).toEqual(['2000000001']);
    const before = both.balanceFen;
    const { outcome, cvm } = await meet(both, { pins: ['9876'], request: { kind: 'load' } });
    expect(cvm).toBe('410302');
    const tellsBalance = kind === 1 || kind === 3;
    expect(outcome.authorizationResponseCode).toBe(tellsBalance ? '00' : '12');
    expect(both.balanceFen).toBe(before + (tellsBalance ? 1_000 : 0));
  },
);

test('a load that the card refuses goes back to the account when the card has told so', async () => {
  const both = CardAndIssuer.of('service-card-51');
  both.account = { ...both.account, availableFen: 1_000_000 };
  const before = both.balanceFen;
  const { outcome, results } = await meet(both, { data: { '9F02': '000000099999' }, request: { kind: 'load' } });
  expect(outcome.outcome).toBe('approved-online');
  expect(results, 'above the limit of the purse').toEqual(['1100000001']);
  expect(both.balanceFen).toBe(before);
  expect(both.account.availableFen).toBe(900_001);
  await expectGivenBack(both, 99_999);
  expect(both.balanceFen).toBe(before);
});

test('a new PIN holds from the next transaction on, the old one no more', async () => {
  const both = CardAndIssuer.of('service-card-51');
  give(both, { kind: 'change-pin', newPin: '9876' });
  expect((await meet(both)).results).toEqual(['2000000001']);
  give(both, { kind: 'change-pin', newPin: '13579', currentPin: '9876' });
  const second = await meet(both, { pins: [PIN, '9876'] });
  expect(second.results).toEqual(['2000000002']);
  expect(both.requests.at(-1)).toMatchObject({ previousWrong: true });
  expect((await meet(both, { pins: ['13579'] })).cvm).toBe('410302');
});

test('a blocked PIN is given its tries again', async () => {
  const both = CardAndIssuer.of('service-card-51');
  await both.meet({ pins: ['1111', '1111', '1111'], host: false });
  expect(both.card.inspect().applications[0]!.counters.pinTriesLeft).toBe(0);
  give(both, { kind: 'unblock-pin' });
  expect((await meet(both)).results).toEqual(['2000000002']);
  expect(both.card.inspect().applications[0]!.counters.pinTriesLeft).toBe(3);
});

test('a limit is set, and several orders go in one script', async () => {
  const both = CardAndIssuer.of('service-card-51');
  give(
    both,
    { kind: 'put-data', tag: '9F77', value: '000000200000' },
    { kind: 'put-data', tag: '9F78', value: '000000000500' },
  );
  const { results, trace } = await meet(both);
  expect(results).toEqual(['2000000001']);
  expect(trace.filter(({ command }) => command[1] === 0xda).map(({ response }) => toHex(response!))).toEqual([
    '9000',
    '9000',
  ]);
});

test('an order that the card refuses is told again with those after it', async () => {
  const both = CardAndIssuer.of('service-card-51');
  const wrong: ScriptOrder = { kind: 'put-data', tag: '9F36', value: '0000' };
  give(both, { kind: 'unblock-pin' }, wrong, { kind: 'put-data', tag: '9F58', value: '07' });
  expect((await meet(both)).results).toEqual(['1200000001']);
  expect(both.account.orders.map(({ kind }) => kind)).toEqual(['put-data', 'put-data']);
});

test('a lost card blocks its application, a stolen one itself', async () => {
  const lost = CardAndIssuer.of('service-card-51');
  lost.account = { ...lost.account, status: 'lost' };
  const { outcome, results } = await meet(lost);
  expect(outcome).toMatchObject({ outcome: 'declined', authorizationResponseCode: '41' });
  expect(results).toEqual(['2000000001']);
  expect((await lost.meet(online)).outcome.outcome).not.toMatch(/^approved/);
  const stolen = CardAndIssuer.of('service-card-51');
  stolen.account = { ...stolen.account, status: 'stolen' };
  expect((await meet(stolen)).results).toEqual(['2000000001']);
  expect((await stolen.meet(online)).outcome).toMatchObject({ outcome: 'terminated' });
});

test('a script whose MAC was changed on the way is refused by the card', async () => {
  const both = CardAndIssuer.of('service-card-51');
  const before = both.balanceFen;
  const { results } = await meet(both, {
    request: { kind: 'load' },
    tamper: (answer) => ({
      ...answer,
      scripts: answer.scripts!.map((script) => {
        const changed = script.slice();
        changed[changed.length - 1]! ^= 1;
        return changed;
      }),
    }),
  });
  expect(results).toEqual(['1100000001']);
  expect(both.balanceFen).toBe(before);
  await expectGivenBack(both, 1_000);
});

test('a load whose answer was lost is on the card, and does not go back as well', async () => {
  const both = CardAndIssuer.of('service-card-51');
  const before = both.balanceFen;
  const { transmit } = both.card;
  both.card.transmit = (command) => {
    const answer = transmit.call(both.card, command);
    return command[1] === 0xda ? new Uint8Array(0) : answer;
  };
  const { results } = await meet(both, { request: { kind: 'load' } });
  expect(results).toEqual(['1100000001']);
  expect(both.balanceFen).toBe(before + 1_000);
  await expectGivenBack(both, 0);
});

test.each(['3des', 'sm4'] as const)(
  'a script whose MAC is not the issuer’s changes nothing (%s)',
  async (algorithm) => {
    const both = new CardAndIssuer(issueChanged('service-card-51', { cryptogramAlgorithm: algorithm }));
    const { results, tvr } = await meet(both, {
      request: { kind: 'load' },
      tamper: (answer) => ({
        ...answer,
        scripts: (answer.scripts ?? []).map((script) =>
          script.map((byte, at) => (at === script.length - 1 ? byte ^ 1 : byte)),
        ),
      }),
    });
    expect(results).toEqual(['1100000001']);
    expect(tvr).toBe('0000000010');
    expect(both.balanceFen).toBe(10_000);
    await expectGivenBack(both, 1_000);
  },
);
