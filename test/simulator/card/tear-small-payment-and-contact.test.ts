import { expect, test } from 'vitest';
import { cappMac, fromHex, toHex } from '../../../emv/index.js';
import { type CardFile, openCard, tradeManagementKey } from '../../../simulator/index.js';
import { issue, pki, random } from '../card-in-hand.js';

type State = CardFile['state'][number];

/** Sends commands until one is to be the last, tears, and gives what the card has kept. */
function tornAfter(file: CardFile, by: 'contact' | 'contactless', commands: readonly string[], count: number) {
  let kept: State = file.state[0]!;
  const card = openCard(file, { random, save: ([state]) => (kept = state!) });
  card.powerOn(by);
  const answers = commands.slice(0, count).map((command) => toHex(card.transmit(fromHex(command)).slice(-2)));
  card.powerOff();
  return { kept, answers };
}

/** The same with a memory that fails at the n-th write: what was not answered has not been. */
function failingAt(file: CardFile, by: 'contact' | 'contactless', commands: readonly string[], write: number) {
  let kept: State = file.state[0]!;
  let writes = 0;
  const card = openCard(file, {
    random,
    save: ([state]) => {
      if (writes++ === write) throw new Error('torn');
      kept = state!;
    },
  });
  card.powerOn(by);
  const answers = commands.map((command) => toHex(card.transmit(fromHex(command)).slice(-2)));
  return { kept, answers, writes };
}

const SELECT = '00A4040008A00000033301010100';
const METRO = 0x15;

/** A metro exit of 3 yuan: read, options with DF60 = 1, update, all records. */
function ride(file: CardFile): { readonly commands: string[]; readonly record: string } {
  const { bytes } = file.state[0]!.cappRecords[0]!;
  const record = `${bytes.slice(0, 12)}${'7'.repeat(bytes.length - 12)}`;
  const header = fromHex('84DE00A8');
  const key = tradeManagementKey(pki, METRO, '3150');
  const mac = cappMac({ algorithm: '3des', key, atc: Uint8Array.of(0, 1), header, data: fromHex(record) });
  const options = '280000800000000003000000000000000156000000000001561601040001020304' + '01';
  const data = `${record}${toHex(mac)}`;
  return {
    record,
    commands: [
      SELECT,
      '80B400A802315000',
      `80A80000248322${options}00`,
      `84DE00A8${toHex(Uint8Array.of(data.length / 2))}${data}00`,
      '00B2011400',
      '00B2021400',
      '00B2011C00',
      '00B2012400',
      '00B2022400',
    ],
  };
}

test('a ride torn after any command is neither paid nor written, or both', () => {
  const file = issue('small-payment');
  const { commands, record } = ride(file);
  for (let count = 0; count <= commands.length; count++) {
    const { kept, answers } = tornAfter(file, 'contactless', commands, count);
    expect(
      answers.every((sw) => sw === '9000'),
      answers.join(),
    ).toBe(true);
    const isDone = count === commands.length;
    expect(kept.balance).toBe(isDone ? 9_700 : 10_000);
    expect(kept.cappRecords[0]!.bytes === record).toBe(isDone);
    expect(kept.proof !== undefined).toBe(isDone);
    expect(kept.log).toHaveLength(isDone ? 1 : 0);
  }
});

test('a ride whose memory fails at any write is neither paid nor written, or both', () => {
  const file = issue('small-payment');
  const { commands, record } = ride(file);
  const { writes } = failingAt(file, 'contactless', commands, Number.POSITIVE_INFINITY);
  expect(writes).toBe(2);
  for (let write = 0; write <= writes; write++) {
    const { kept, answers } = failingAt(file, 'contactless', commands, write);
    const isDone = answers.at(-1) === '9000';
    expect(isDone).toBe(write === writes);
    expect([kept.balance, kept.cappRecords[0]!.bytes === record]).toEqual(isDone ? [9_700, true] : [10_000, false]);
  }
});

const CASH = `0156010000000010000156${'00'.repeat(20)}`;
const OBJECTS =
  '000000001000' + '000000000000' + '0156' + '0000000000' + '0156' + '160104' + '101530' + '00' + '11223344';

test('electronic cash over contact, torn or failing anywhere, is debited and logged when its TC is answered, and only then', () => {
  const file = issue('service-card-51');
  const length = (hex: string, more = 0) => toHex(Uint8Array.of(hex.length / 2 + more));
  const commands = [
    SELECT,
    `80A80000${length(CASH, 2)}83${length(CASH)}${CASH}00`,
    '00B2010C00',
    `80AE4000${length(OBJECTS)}${OBJECTS}00`,
  ];
  for (let count = 0; count <= commands.length; count++) {
    const { kept, answers } = tornAfter(file, 'contact', commands, count);
    expect(
      answers.every((sw) => sw === '9000'),
      answers.join(),
    ).toBe(true);
    const isDone = count === commands.length;
    expect([kept.balance, kept.log.length]).toEqual(isDone ? [9_000, 1] : [10_000, 0]);
    expect(kept.applicationTransactionCounter).toBe(count >= 2 ? 1 : 0);
  }
  for (let write = 0; write <= 2; write++) {
    const { kept, answers } = failingAt(file, 'contact', commands, write);
    const isDone = answers.at(-1) === '9000';
    expect([kept.balance, kept.log.length]).toEqual(isDone ? [9_000, 1] : [10_000, 0]);
    if (!isDone) expect(answers).toContain('6581');
  }
});
