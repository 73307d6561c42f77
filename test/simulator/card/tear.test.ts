import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  buildDataObjectList,
  type Command,
  decode,
  findFirst,
  fromAscii,
  getProcessingOptions,
  readRecord,
  select,
} from '../../../emv/index.js';
import { lockCardFile } from '../../../simulator/card/durable/lock-card-file.js';
import { type Disk, disk } from '../../../simulator/card/durable/write-atomically.js';
import {
  CardError,
  type CardFile,
  createCardFile,
  type DurableCard,
  openCardFile,
  readCardFile,
} from '../../../simulator/index.js';
import { APPLICATION, BUS, issue, random, recordsOf, send, start, tap, terminalData } from '../card-in-hand.js';

function cardFileOf(profile = 'service-card-51'): string {
  const folder = mkdtempSync(join(tmpdir(), 'yongtap-card-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'card.json');
  createCardFile(path, issue(profile));
  return path;
}

function openAt(path: string, on: Disk = disk): DurableCard {
  const card = openCardFile(path, { random, disk: on });
  card.powerOn();
  return card;
}

const stateIn = (path: string): CardFile['state'][number] => readCardFile(path).state[0]!;

/** Every command of a tap, in order. */
function commandsOfATap(): Command[] {
  const card = openAt(cardFileOf());
  const { data } = start(card);
  const fileControlInformation = decode(send(card, select(APPLICATION)).data);
  const list = findFirst(fileControlInformation, '6F', 'A5', '9F38')!.value;
  card.close();
  return [
    select(fromAscii('2PAY.SYS.DDF01')),
    select(APPLICATION),
    getProcessingOptions(buildDataObjectList(list, terminalData(BUS))),
    ...recordsOf(data.get('94')!).map((record) => readRecord(record.shortFileIdentifier, record.recordNumber)),
  ];
}

test('torn out after any number of commands, the card has paid only when it answered the last one', () => {
  const commands = commandsOfATap();
  expect(commands).toHaveLength(8);
  for (let answered = 0; answered <= commands.length; answered++) {
    const path = cardFileOf();
    const card = openAt(path);
    for (const command of commands.slice(0, answered)) expect(send(card, command).statusWord).toBe(0x9000);
    card.powerOff();
    card.powerOn();
    const paid = answered === commands.length;
    expect(card.inspect().applications[0]!.purse.balanceFen).toBe(paid ? 9_800 : 10_000);
    card.close();
    expect(stateIn(path)).toMatchObject({
      balance: paid ? 9_800 : 10_000,
      applicationTransactionCounter: answered >= 3 ? 1 : 0,
    });
    expect(stateIn(path).log).toHaveLength(paid ? 1 : 0);
  }
});

test('a record read after the tear does not complete what was under way before', () => {
  const commands = commandsOfATap();
  const path = cardFileOf();
  const card = openAt(path);
  for (const command of commands.slice(0, -1)) send(card, command);
  card.powerOff();
  card.powerOn();
  send(card, select(APPLICATION));
  expect(send(card, commands.at(-1)!).statusWord).toBe(0x6985);
  expect(stateIn(path).balance).toBe(10_000);
  card.close();
});

class Dead extends Error {}

/** A disk that works for so many calls and then not at all, as when the process dies in the next one. */
function dyingDisk(callsLeft: number): Disk & { readonly isDead: boolean } {
  let left = callsLeft;
  const dying =
    (name: keyof Disk) =>
    (...parameters: unknown[]) => {
      if (left-- <= 0) {
        // A write that is cut short leaves the beginning of the text.
        if (left === -1 && name === 'writeFileSync')
          disk.writeFileSync(parameters[0] as number, String(parameters[1]).slice(0, 100));
        throw new Dead();
      }
      return (disk[name] as (...all: unknown[]) => unknown)(...parameters);
    };
  return {
    openSync: dying('openSync') as Disk['openSync'],
    writeFileSync: dying('writeFileSync') as Disk['writeFileSync'],
    fsyncSync: dying('fsyncSync') as Disk['fsyncSync'],
    closeSync: dying('closeSync') as Disk['closeSync'],
    renameSync: dying('renameSync') as Disk['renameSync'],
    get isDead() {
      return left < 0;
    },
  };
}

test('dying in any call to the disk, the file holds the old state or the new one, and never less than was answered', () => {
  const commands = commandsOfATap();
  let survived = false;
  for (let calls = 0; !survived; calls++) {
    expect(calls).toBeLessThan(100);
    const path = cardFileOf();
    const dying = dyingDisk(calls);
    const card = openAt(path, dying);
    const statusWords = commands.map((command) => send(card, command).statusWord);
    card.close();
    survived = !dying.isDead;
    const state = stateIn(path);
    if (statusWords[2] === 0x9000) expect(state.applicationTransactionCounter).toBe(1);
    if (statusWords.at(-1) === 0x9000) expect(state.balance).toBe(9_800);
    else expect(statusWords).toContain(0x6581);
    expect([10_000, 9_800]).toContain(state.balance);
    expect(state.log).toHaveLength(state.balance === 9_800 ? 1 : 0);
    const again = openAt(path);
    expect(tap(again).data.get('9F36')![1]).toBe(state.applicationTransactionCounter + 1);
    expect(stateIn(path).balance).toBe(state.balance - 200);
    again.close();
  }
});

test('after a failed write the card is of no use until it is powered on again, and then knows what was kept', () => {
  for (let calls = 0; calls < 16; calls++) {
    const path = cardFileOf();
    let left = calls;
    const failsOnce: Disk = {
      ...disk,
      fsyncSync: (handle) => {
        if (left-- === 0) throw new Dead();
        disk.fsyncSync(handle);
      },
    };
    const card = openAt(path, failsOnce);
    const commands = commandsOfATap();
    const answers = commands.map((command) => send(card, command).statusWord);
    const failed = answers.indexOf(0x6581);
    if (failed >= 0) expect(answers.slice(failed + 1).every((statusWord) => statusWord === 0x6f00)).toBe(true);
    card.powerOff();
    card.powerOn();
    expect(card.inspect().applications[0]!.purse.balanceFen).toBe(stateIn(path).balance);
    expect(card.inspect().applications[0]!.counters.applicationTransactionCounter).toBe(
      stateIn(path).applicationTransactionCounter,
    );
    card.close();
  }
});

test('a state is on the disk before it takes the place of the former one, and in its folder before the card answers', () => {
  const calls: string[] = [];
  const watched = Object.fromEntries(
    Object.entries(disk).map(([name, call]) => [
      name,
      (...parameters: unknown[]) => {
        calls.push(name);
        return (call as (...all: unknown[]) => unknown)(...parameters);
      },
    ]),
  ) as unknown as Disk;
  const card = openAt(cardFileOf(), watched);
  start(card);
  card.close();
  expect(calls).toEqual([
    ...['openSync', 'writeFileSync', 'fsyncSync', 'closeSync', 'renameSync'],
    ...['openSync', 'fsyncSync', 'closeSync'],
  ]);
});

const codeOf = (action: () => unknown) => {
  try {
    action();
    return undefined;
  } catch (error) {
    return error instanceof CardError ? error.code : error;
  }
};

test('a card file belongs to one owner at a time', () => {
  const path = cardFileOf();
  const card = openAt(path);
  expect(codeOf(() => openCardFile(path, { random }))).toBe('card-file-in-use');
  expect(codeOf(() => createCardFile(path, issue('lost-card'), { replace: true }))).toBe('card-file-in-use');
  card.close();
  card.close();
  expect(codeOf(() => card.powerOn())).toBe('card-file-closed');
  openCardFile(path, { random }).close();
});

test('a file that another process is about to issue is left to it', () => {
  const path = `${cardFileOf()}.new`;
  const lock = lockCardFile(path);
  expect(codeOf(() => createCardFile(path, issue('service-card-51')))).toBe('card-file-in-use');
  lock.release();
  createCardFile(path, issue('service-card-51'));
  expect(stateIn(path).balance).toBe(10_000);
});

test('files that are no cards are refused, and a card is not overwritten by accident', () => {
  const path = cardFileOf();
  const text = readFileSync(path, 'utf8');
  expect(codeOf(() => openCardFile(`${path}.missing`, { random }))).toBe('card-file-not-found');
  expect(codeOf(() => createCardFile(path, issue('lost-card')))).toBe('card-file-exists');
  expect(readFileSync(path, 'utf8')).toBe(text);
  const broken = [
    text.slice(0, -10),
    text.replace('yongtap-card', 'another-card'),
    text.replace('"balance": 10000', '"balance": -1'),
    text.replace(/"94": "[0-9A-F]+"/, '"94": "1001"'),
    text.replace(/"9F38": "[0-9A-F]+"/, '"9F38": "9F"'),
    text.replace(/"privateExponent": "../, '"privateExponent": "00'),
    JSON.stringify({ ...(JSON.parse(text) as CardFile), state: [] }),
  ];
  for (const content of broken) {
    expect(content).not.toBe(text);
    disk.writeFileSync(disk.openSync(path, 'w'), content);
    expect(codeOf(() => openCardFile(path, { random }))).toBe('card-file-invalid');
  }
});

test('a card of another edition is told from a damaged one', () => {
  const path = cardFileOf();
  const text = readFileSync(path, 'utf8');
  for (const [content, message] of [
    [text.replace('"version": 1', '"version": 2'), 'version: must be 1: another edition of yongtap wrote this card'],
    [text.replace('"balance": 10000', '"balance": "10000"'), 'state.0.balance: '],
    [text.replace(/"modulus": "[0-9A-F]+"/, '"modulus": "C5"'), 'privateKey.modulus: must be 64 bytes at least'],
    [text.slice(0, -10), 'is not JSON'],
  ] as const) {
    disk.writeFileSync(disk.openSync(path, 'w'), content);
    expect(() => openCardFile(path, { random })).toThrow(message);
  }
});

test('on a full disk the card answers 6581 and has neither counted nor paid', () => {
  for (const tapsBefore of [0, 1]) {
    const path = cardFileOf();
    let isFull = false;
    const small: Disk = {
      ...disk,
      writeFileSync: (handle, text) => {
        disk.writeFileSync(handle, isFull ? text.slice(0, 1000) : text);
        if (isFull) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      },
    };
    const card = openAt(path, small);
    for (let count = 0; count < tapsBefore; count++) tap(card);
    const before = stateIn(path);
    isFull = true;
    expect(start(card).response.statusWord).toBe(0x6581);
    expect(stateIn(path)).toEqual(before);
    isFull = false;
    card.powerOff();
    card.powerOn();
    tap(card);
    expect(stateIn(path)).toMatchObject({
      balance: before.balance - 200,
      applicationTransactionCounter: before.applicationTransactionCounter + 1,
    });
    card.close();
  }
});
