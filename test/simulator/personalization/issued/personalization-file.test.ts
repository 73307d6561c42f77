import { expect, test } from 'vitest';
import { concat, decode, flatten, fromHex, toHex } from '../../../../emv/index.js';
import {
  type CardFile,
  editCard,
  encodeGrouping,
  openCard,
  type PersonalizedApplication,
  personalizationOf,
  profileNames,
  storeDataCommands,
} from '../../../../simulator/index.js';
import { random } from '../../card-in-hand.js';
import { freshCard } from '../profiles/at-terminals.js';

const groupingOf = ({ groupings }: PersonalizedApplication, identifier: string) =>
  groupings.find((one) => one.identifier === identifier);

test.each(profileNames())('%s: every data object and every record stands in a grouping', (name) => {
  const file = freshCard(name);
  for (const [index, application] of personalizationOf(file).entries()) {
    const { data, contactData, electronicCashData, records } = file.applications[index]!;
    const told = application.groupings.map((grouping) => flatten(decode(grouping.data)));
    for (const objects of [data, contactData ?? {}, electronicCashData ?? {}]) {
      for (const [tag, value] of Object.entries(objects)) {
        // Counters are told as they stand now; what was altered after signing differs from what was signed.
        // What is read over contact alone has the value that holds there.
        if (objects === data && contactData?.[tag] !== undefined && tag.startsWith('9F0')) continue;
        if (tag === '9F36' || tag === '9F13' || (tag === '5F24' && file.flaw !== undefined)) continue;
        expect(
          told.some((one) => one.has(tag) && toHex(one.get(tag)!) === value),
          tag,
        ).toBe(true);
      }
    }
    const written = application.groupings.map(({ data: bytes }) => toHex(bytes));
    for (const { bytes } of records) if (bytes !== undefined) expect(written).toContain(bytes);
    const identifiers = application.groupings.map(({ identifier }) => identifier);
    expect(new Set(identifiers).size).toBe(identifiers.length);
  }
});

test('a record is read from the card as its grouping says, and SELECT answers what 9102 and 9103 hold', () => {
  const file = freshCard('service-card-51');
  const [application] = personalizationOf(file) as [PersonalizedApplication];
  const card = openCard(file, { random });
  for (const [by, identifier] of [
    ['contact', '9102'],
    ['contactless', '9103'],
  ] as const) {
    card.powerOn(by);
    const answer = toHex(card.transmit(fromHex('00A4040008A00000033301010100')));
    expect(answer).toContain(toHex(groupingOf(application, identifier)!.data));
  }
  card.powerOn('contact');
  card.transmit(fromHex('00A4040008A00000033301010100'));
  expect(groupingOf(application, '0101')!.data[0]).toBe(0x70);
});

test.each([
  ['service-card-51', {}, '07010103000000010A01'],
  ['signature-card', {}, '07011703000000010A01'],
  ['dual-algorithm', {}, '07010103000000010A01'],
  ['service-card-51-sm', {}, '07010103000000040A01'],
  ['service-card-51', { discretionaryKind: 3, keyDerivationIndex: 9 }, '07090103000000010F03'],
  ['service-card-51', { discretionaryKind: 0 }, '0701010300000001'],
  ['service-card-51', { discretionaryData: 'AABBCC' }, '070101030000000103AABBCC'],
  ['service-card-51', { data: { '9F10': '07051703000000010A02' } }, '07051703000000010A02'],
] as const)(
  '9200 has the issuer’s part of cryptograms (JR/T 0025.10-2013 table 22): %s, %o',
  (name, changed, expected) => {
    const file = freshCard(name);
    const [application] = file.applications as [CardFile['applications'][number]];
    const { data = {}, ...choices } = changed as Partial<typeof application>;
    Object.assign(application, choices, { data: { ...application.data, ...data } });
    const [told] = personalizationOf(file) as [PersonalizedApplication];
    expect(toHex(groupingOf(told, '9200')!.data)).toBe(
      `9F10${(expected.length / 2).toString(16).padStart(2, '0').toUpperCase()}${expected}`,
    );
    expect(told.groupings.filter(({ data: bytes }) => flatten(decode(bytes)).has('9F10'))).toHaveLength(1);
  },
);

test('room is left for what is made at the tap, as long as the key', () => {
  const [application] = personalizationOf(freshCard('service-card-51')) as [PersonalizedApplication];
  expect(flatten(decode(groupingOf(application, '0401')!.data)).get('9F4B')).toHaveLength(1152 / 8);
});

test('purse and counter are those of now', () => {
  const used = editCard(freshCard('service-card-51'), [
    { name: 'balance', value: '4321' },
    { name: 'transactionCounter', value: '258' },
  ]);
  const [application] = personalizationOf(used) as [PersonalizedApplication];
  const inside = flatten(decode(groupingOf(application, '0D02')!.data));
  expect(toHex(inside.get('9F79')!)).toBe('000000004321');
  expect(toHex(inside.get('9F36')!)).toBe('0102');
});

test('what scripts have changed is told as it stands: records, PIN and its tries, counters', () => {
  const file = freshCard('pin-card');
  const [{ records }] = file.applications as [CardFile['applications'][number]];
  const [{ shortFileIdentifier, recordNumber }] = records as [(typeof records)[number]];
  const [state] = file.state as [CardFile['state'][number]];
  const scripted = {
    ...state,
    changedRecords: [{ shortFileIdentifier, recordNumber, bytes: '7001' }],
    changedPin: '9876',
    pinTriesLeft: 1,
    lastOnlineApplicationTransactionCounter: 7,
  };
  const [application] = personalizationOf({ ...file, state: [scripted] }, { secrets: true }) as [
    PersonalizedApplication,
  ];
  expect(toHex(application.groupings[0]!.data)).toBe('7001');
  expect(toHex(groupingOf(application, '8010')!.data)).toBe('249876FFFFFFFFFF');
  expect([...groupingOf(application, '9010')!.data]).toEqual([1, 3]);
  expect(toHex(flatten(decode(groupingOf(application, '0D02')!.data)).get('9F13')!)).toBe('0007');
});

test('keys and PIN are told when they are asked for, and with their check values', () => {
  const file = freshCard('service-card-51');
  const [without] = personalizationOf(file) as [PersonalizedApplication];
  const [withKeys] = personalizationOf(file, { secrets: true }) as [PersonalizedApplication];
  expect(without.groupings.some(({ content }) => content === 'secret')).toBe(false);
  expect(groupingOf(withKeys, '8000')!.data).toHaveLength(48);
  expect(groupingOf(withKeys, '9000')!.data).toHaveLength(9);
  expect(toHex(groupingOf(withKeys, '8010')!.data)).toBe('26123456FFFFFFFF');
  expect(toHex(groupingOf(withKeys, '8103')!.data)).toBe(file.privateKey!.modulus);
});

test('STORE DATA commands carry the groupings whole, the last one marked', () => {
  const [application] = personalizationOf(freshCard('service-card-51')) as [PersonalizedApplication];
  const commands = storeDataCommands(application);
  expect(commands.map((command) => command[2])).toEqual([...commands.slice(1).map(() => 0), 0x80]);
  expect(commands.map((command) => command[3])).toEqual(commands.map((_, index) => index));
  for (const command of commands) expect(command.length).toBe(5 + command[4]!);
  const carried = concat(...commands.map((command) => command.subarray(5)));
  expect(toHex(carried)).toBe(application.groupings.map(encodeGrouping).join(''));
});

test.each([
  [254, '0101FE'],
  [255, '0101FF00FF'],
  [300, '0101FF012C'],
])('%i bytes have a length of %s', (length, beginning) => {
  const encoded = encodeGrouping({ identifier: '0101', data: new Uint8Array(length) });
  expect(encoded.slice(0, beginning.length)).toBe(beginning);
  expect(encoded).toHaveLength(beginning.length + length * 2);
});

test('the private key of a card of SM2 stands where that of RSA would', () => {
  const file = freshCard('service-card-51-sm');
  const [application] = personalizationOf(file, { secrets: true }) as [PersonalizedApplication];
  expect(toHex(groupingOf(application, '8101')!.data)).toBe(file.sm2PrivateKey);
  expect(groupingOf(application, '8103')).toBeUndefined();
});
