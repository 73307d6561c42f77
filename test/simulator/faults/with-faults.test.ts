import { expect, test } from 'vitest';
import { fromHex, toHex } from '../../../emv/index.js';
import { FaultPlan, type FaultyCard, openCard, parseFault, withFaults } from '../../../simulator/index.js';
import { balanceOf, issue, random } from '../card-in-hand.js';

const SELECT_PPSE = '00A404000E325041592E5359532E444446303100';
const SELECT = '00A4040008A00000033301010100';
const GET_BALANCE = '80CA9F7900';

interface Sleeping {
  readonly asked: number[];
  wake(): void;
}

function faulty(faults: readonly string[], profile = 'service-card-51') {
  const asked: number[] = [];
  let wake = () => {};
  const sleep = (milliseconds: number, signal: AbortSignal) => {
    asked.push(milliseconds);
    return new Promise<void>((resolve) => {
      wake = resolve;
      signal.addEventListener('abort', () => resolve());
    });
  };
  const inner = openCard(issue(profile), { random });
  const card = withFaults(inner, new FaultPlan(faults.map(parseFault)), { sleep });
  card.powerOn('contactless');
  const sleeping: Sleeping = { asked, wake: () => wake() };
  return { card, inner, sleeping };
}

const say = async (card: FaultyCard, hex: string): Promise<string> => {
  const answer = await card.transmit(fromHex(hex));
  return 'received' in answer ? `${answer.by} ${toHex(answer.received)}` : toHex(answer);
};

const whole = toHex(openIntact().transmit(fromHex(SELECT)) as Uint8Array);

function openIntact() {
  const card = openCard(issue('service-card-51'), { random });
  card.powerOn('contactless');
  return card;
}

test('without a place that comes, everything is as before', async () => {
  const { card } = faulty(['tear@9', 'garbage@verify', 'status@get-trans-prove:6F00']);
  expect(await say(card, SELECT)).toBe(whole);
  expect(card.struck).toEqual([]);
});

test('a tear happens once: the card is away until it is powered on again', async () => {
  const { card } = faulty(['tear@2']);
  await say(card, SELECT_PPSE);
  expect(await say(card, SELECT)).toBe('tear ');
  expect(await say(card, SELECT), 'it is not there').toBe('tear ');
  card.powerOff();
  card.powerOn('contactless');
  await say(card, SELECT_PPSE);
  expect(await say(card, SELECT)).toBe(whole);
  expect(card.struck).toEqual([{ fault: parseFault('tear@2'), command: 2 }]);
});

test('a tear that was ordered twice happens twice, a flip each time, also where the card is opened anew', async () => {
  const plan = new FaultPlan(['tear@1', 'tear@select', 'flip@2:1', 'tear@1'].map(parseFault));
  const answers: string[] = [];
  for (let opening = 0; opening < 4; opening++) {
    const inner = openCard(issue('service-card-51'), { random });
    const card = withFaults(inner, plan, { sleep: () => Promise.resolve() });
    card.powerOn('contactless');
    answers.push(await say(card, SELECT_PPSE), await say(card, SELECT));
  }
  const torn = ['tear ', 'tear '];
  expect(answers.map((answer) => answer.slice(0, 5))).toEqual([...torn, ...torn, ...torn, '6F308', 'EF438']);
});

test('an answer is cut after so many bytes; one that is shorter comes whole, and then the card is away', async () => {
  expect(await say(faulty(['tear@1:5']).card, SELECT)).toBe(`tear ${whole.slice(0, 10)}`);
  const { card } = faulty([`tear@1:${whole.length / 2}`]);
  expect(await say(card, SELECT)).toBe(whole);
  expect(await say(card, SELECT)).toBe('tear ');
});

test('a dropped field: the card is there again at once, and has forgotten what was selected', async () => {
  const { card } = faulty(['drop@2']);
  await say(card, SELECT);
  expect(await say(card, GET_BALANCE)).toBe('drop ');
  expect(await say(card, GET_BALANCE)).toBe('6985');
  await say(card, SELECT);
  expect(await say(card, GET_BALANCE)).toMatch(/^9F7906/);
});

test('before a tear the command is done, and not before a tear-before', async () => {
  const gpo = `80A8000023832128000080000000000200000000000000015600000000000156160104000102030400`;
  for (const [fault, counter] of [
    ['tear@get-processing-options', 1],
    ['tear-before@get-processing-options', 0],
    ['drop@get-processing-options', 0],
  ] as const) {
    const { card, inner } = faulty([fault]);
    await say(card, SELECT);
    expect(await say(card, gpo)).toMatch(/^(tear|drop) $/);
    expect(inner.inspect().applications[0]!.counters.applicationTransactionCounter, fault).toBe(counter);
    expect(balanceOf(inner)).toBe(10_000);
  }
});

test('late: the answer comes when the time is over, or never once the power has gone', async () => {
  const { card, sleeping } = faulty(['late@select:250', 'late@1:50']);
  const answer = say(card, SELECT);
  expect(sleeping.asked).toEqual([300]);
  sleeping.wake();
  expect(await answer).toBe(whole);
  const lost = say(card, SELECT);
  expect(sleeping.asked).toEqual([300, 250]);
  card.powerOff();
  expect(await lost).toBe('tear ');
});

test.each([1, 8, 9, 17])('bit %i comes the other way round', async (bit) => {
  const flipped = fromHex(await say(faulty([`flip@select:${bit}`]).card, SELECT));
  const difference = BigInt(`0x${toHex(flipped)}`) ^ BigInt(`0x${whole}`);
  expect(difference).toBe(1n << BigInt(whole.length * 4 - bit));
});

test('by chance one bit of each answer is flipped, another for another seed, the same for the same', async () => {
  const places = new Set<string>();
  for (let seed = 0; seed < 40; seed++) {
    const [one, again] = [faulty([`flip@*:seed=${seed}`]).card, faulty([`flip@*:seed=${seed}`]).card];
    const flipped = await say(one, SELECT);
    expect(await say(again, SELECT)).toBe(flipped);
    const difference = (BigInt(`0x${flipped}`) ^ BigInt(`0x${whole}`)).toString(2);
    expect(difference).toMatch(/^10*$/);
    places.add(difference);
  }
  expect(places.size).toBeGreaterThan(20);
  const { card } = faulty([`flip@select:${whole.length * 4 + 1}`]);
  expect(await say(card, SELECT), 'no such bit').toBe(whole);
});

test.each([
  ['6985', '6985', 'selected before'],
  ['6A82', '6A82', 'selected before'],
  ['6400', '6400', 'selected before'],
  ['6C10', '6C10', 'selected before'],
  ['9406', '9406', 'selected before'],
  ['6581', '6581', 'selected'],
  ['6110', '6110', 'selected'],
  ['6283', `${whole.slice(0, -4)}6283`, 'selected'],
  ['9000', whole, 'selected'],
])('status word %s: data and effect are those that a card has with it', async (statusWord, answered, effect) => {
  const { card } = faulty([`status@2:${statusWord}`]);
  await say(card, SELECT_PPSE);
  expect(await say(card, SELECT)).toBe(answered);
  const isSelected = effect === 'selected';
  expect((await say(card, GET_BALANCE)).slice(0, 4)).toBe(isSelected ? '9F79' : '6985');
});

test('garbage: as many bytes with the same status word, the same by the same seed, never the same twice', async () => {
  const { card } = faulty(['garbage@*:seed=3']);
  const first = await say(card, SELECT);
  expect(first).toHaveLength(whole.length);
  expect(first.slice(-4)).toBe('9000');
  expect(first).not.toBe(whole);
  expect(await say(card, SELECT)).not.toBe(first);
  expect(await say(faulty(['garbage@*:seed=3']).card, SELECT)).toBe(first);
  expect(await say(faulty(['garbage@*:seed=4']).card, SELECT)).not.toBe(first);
  expect(await say(card, '00A4040006A0000003330900'), 'an answer without data').toMatch(/^[0-9A-F]{16}6A82$/);
});

test('several faults at one command: each does its part, the tear last', async () => {
  const { card } = faulty(['status@1:6283', 'flip@1:1', 'tear@1:2']);
  const first = (Number.parseInt(whole.slice(0, 2), 16) ^ 0x80).toString(16).toUpperCase();
  expect(await say(card, SELECT)).toBe(`tear ${first}${whole.slice(2, 4)}`);
  expect(card.struck.map(({ fault }) => fault.kind)).toEqual(['status', 'flip', 'tear']);
});

test.each([
  ['select-ppse', SELECT_PPSE],
  ['select-application', SELECT],
  ['get-data', GET_BALANCE],
  ['update-capp-data-cache', '84DE00A80411223344'],
  ['append-record', '04E200A80411223344'],
  ['application-block', '841E000004112233FF'],
  ['issuer-script', '841E000004112233FF'],
  ['issuer-script', '04DA9F790A00000000100011223344'],
  ['pin-change-unblock', '8424000004112233FF'],
  ['verify', '0020008008241234FFFFFFFFFF'],
])('%s is a name of %s', async (name, command) => {
  const { card } = faulty([`tear@${name}`]);
  expect(await say(card, command)).toBe('tear ');
});

test('one command is not told by another one’s name', async () => {
  const { card } = faulty(['tear@select-ppse', 'tear@issuer-script', 'tear@select-pse']);
  expect(await say(card, SELECT)).toBe(whole);
  expect(await say(card, '84DE00A80411223344')).not.toMatch(/^tear/);
});
