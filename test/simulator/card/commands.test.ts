import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decode,
  decodeResponse,
  findFirst,
  fromAscii,
  fromHex,
  readRecord,
  select,
  toHex,
} from '../../../emv/index.js';
import { CardError, openCard } from '../../../simulator/index.js';
import { APPLICATION, BUS, issue, open, random, recordsOf, send, start, statusOf, tap } from '../card-in-hand.js';

const SELECT = '00A4040008A00000033301010100';
const GPO = `80A80000238321${'28000080'}000000000200000000000000015600000000000156160104000102030400`;

test.each([
  ['80A4040008A00000033301010100', '6E00', 'SELECT of another class'],
  ['00A4000008A00000033301010100', '6A86', 'SELECT not by name'],
  ['00A4040108A00000033301010100', '6A86', 'SELECT of the last occurrence'],
  ['00A4040004A000000300', '6700', 'SELECT of a name too short'],
  ['00A40400', '6700', 'SELECT without a name'],
  ['00A4040008A000000333010102', '6A82', 'SELECT of an application that is not there'],
  ['00A404000E315041592E5359532E444446303100', '6A82', 'SELECT PSE on a contactless card'],
  ['00A4040007A0000000031010', '6A82', 'SELECT of another scheme'],
  ['00A404000AA000000333010101000000', '6A82', 'SELECT of a longer name'],
  ['84A80000028300', '6882', 'GPO with secure messaging'],
  ['01A4040008A00000033301010100', '6881', 'SELECT over another channel'],
  ['0CB2011400', '6882', 'READ RECORD with secure messaging'],
  ['81CA9F7F00', '6881', 'GET DATA over another channel'],
  ['0100000000', '6E00', 'a class that no command has'],
  ['80A8000002830000', '6985', 'GPO before SELECT'],
  ['00B2011400', '6985', 'READ RECORD before SELECT'],
  ['80CA9F7900', '6985', 'GET DATA before SELECT'],
  ['0020008008241234FFFFFFFFFF', '6D00', 'VERIFY'],
  ['0084000000', '6D00', 'GET CHALLENGE'],
  ['0088000004010203', '6700', 'a length that is not true'],
  ['008800000401020304', '6D00', 'INTERNAL AUTHENTICATE'],
  ['80AE80000100', '6D00', 'GENERATE AC'],
  ['FFCA000000', '6E00', 'a reader command'],
  ['00A404', '6700', 'half a header'],
  ['', '6700', 'nothing'],
  ['00A404000000080000000000000000', '6700', 'an extended length'],
])('before an application is selected %s is answered by %s: %s', (command, expected) => {
  expect(statusOf(open('service-card-51'), command)).toBe(expected);
});

test.each([
  ['80A8000100', '6A86', 'GPO with parameters'],
  ['80A80000028300', '6700', 'GPO without the data that the PDOL asks for'],
  [GPO.replace('238321', '238421'), '6A80', 'GPO of another template'],
  [GPO.replace('238321', '238322'), '6A80', 'GPO with a template length that is not true'],
  [GPO.replace('000000000200', '00000000020A'), '6A80', 'GPO with an amount that is no number'],
  ['80A80000', '6700', 'GPO without data'],
  [GPO, '9000', 'GPO as it should be'],
  ['00B2011000', '6A86', 'READ RECORD of the current file'],
  ['00B2001400', '6A86', 'READ RECORD 0'],
  ['00B2011500', '6A86', 'READ RECORD of several'],
  ['00B2012C00', '6A82', 'READ RECORD of a file that is not there'],
  ['00B2091400', '6A83', 'READ RECORD that is not there'],
  ['00B2015C00', '6A83', 'READ RECORD of an empty log'],
  ['00B2012400', '6985', 'READ RECORD of a signature that was not made'],
  ['00B2022400', '6985', 'READ RECORD of the last record without an approval'],
  ['00B20114020102', '6700', 'READ RECORD with data'],
  ['00B2010C01', '6C23', 'READ RECORD of too few bytes'],
  ['00B2010CFF', '9000', 'READ RECORD of more bytes than there are'],
  [`${GPO.slice(0, -2)}10`, '6700', 'GPO of some bytes only'],
  ['80CA9F7900', '9000', 'GET DATA of the balance'],
  ['80CA9F2600', '6A88', 'GET DATA of the cryptogram'],
  ['80CA005700', '6A88', 'GET DATA of the track'],
  ['80CA9F5D00', '6A88', 'GET DATA of an amount that was not personalized'],
  ['00CA9F7900', '6E00', 'GET DATA of another class'],
])('in a selected application %s is answered by %s: %s', (command, expected) => {
  const card = open('service-card-51');
  expect(statusOf(card, SELECT)).toBe('9000');
  expect(statusOf(card, command)).toBe(expected);
  expect(card.inspect().applications[0]!.purse.balanceFen).toBe(10_000);
});

test('a transaction needs a selection of its own', () => {
  const card = open('service-card-51');
  for (const command of [SELECT, GPO]) expect(statusOf(card, command)).toBe('9000');
  expect(statusOf(card, GPO)).toBe('6985');
  expect(card.inspect().applications[0]!.counters.applicationTransactionCounter).toBe(1);
});

test('the directory leads to the applications, a partial name to one after the other', () => {
  const card = open('two-applications');
  const directory = decode(send(card, select(fromAscii('2PAY.SYS.DDF01'))).data);
  const entries = findFirst(directory, '6F', 'A5', 'BF0C')!.children!;
  expect(
    entries.map(({ children }) => [toHex(findFirst(children!, '4F')!.value), findFirst(children!, '87')!.value[0]]),
  ).toEqual([
    ['A000000333010101', 2],
    ['A000000333010106', 1],
  ]);
  const partial = fromHex('A0000003330101');
  const found = (['first', 'next', 'next'] as const).map((occurrence) => {
    const { data, statusWord } = send(card, select(partial, occurrence));
    return statusWord === 0x9000 ? toHex(findFirst(decode(data), '6F', '84')!.value) : statusWord;
  });
  expect(found).toEqual(['A000000333010101', 'A000000333010106', 0x6a82]);
});

test('each application has its own counter and purse', () => {
  const card = open('two-applications');
  tap(card, BUS, fromHex('A000000333010106'));
  expect(
    card
      .inspect()
      .applications.map(({ purse, counters }) => [purse.balanceFen, counters.applicationTransactionCounter]),
  ).toEqual([
    [3_000, 0],
    [1_800, 1],
  ]);
});

test('a gate finds nothing on a card from before the exchange', () => {
  const card = open('old-card-pboc2');
  expect(send(card, select(fromAscii('2PAY.SYS.DDF01'))).statusWord).toBe(0x6a82);
  const selected = send(card, select(APPLICATION));
  expect(selected.statusWord).toBe(0x9000);
  expect(toHex(findFirst(decode(selected.data), '6F', 'A5', '9F38')!.value)).not.toContain('9F66');
});

test('an empty purse rides for 0 and for nothing else', () => {
  expect(tap(open('empty-purse'), { ...BUS, '9F02': '000000000000' }).data.get('9F10')![4]).toBe(0x90);
  expect(tap(open('empty-purse'), { ...BUS, '9F02': '000000000001' }).data.get('9F10')![4]).toBe(0x80);
});

test('a contactless card answers the reset as its reader would, a contact card for itself', () => {
  const answerToReset = (profile: string) => toHex(openCard(issue(profile), { random }).powerOn());
  expect(answerToReset('service-card-51')).toBe('3B80800101');
  const contact = fromHex(answerToReset('old-card-pboc2'));
  expect(contact.subarray(1).reduce((sum, byte) => sum ^ byte, 0)).toBe(0);
});

test('a card without power says nothing', () => {
  const card = open('service-card-51');
  card.powerOff();
  expect(() => card.transmit(fromHex(SELECT))).toThrow(CardError);
});

/** Commands of every kind, well-formed and not, with a leaning towards those that the card knows. */
const anyCommand = fc.oneof(
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  { weight: 3, arbitrary: fc.constantFrom(SELECT, GPO, '00A404000E325041592E5359532E444446303100').map(fromHex) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('00B2', '80CA', '00A4', '80A8', '80AE'), fc.uint8Array({ minLength: 2, maxLength: 60 }))
      .map(([header, rest]) => Uint8Array.of(...fromHex(header), ...rest)),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 11 }))
      .map(([record, file]) => Uint8Array.of(0x00, 0xb2, record, (file << 3) | 4, 0)),
  },
  { weight: 1, arbitrary: fc.constant('power' as const) },
);

test('no command makes a card throw, lose count, or pay without having been asked for its last record', () => {
  const cardFile = issue('two-applications');
  fc.assert(
    fc.property(fc.array(anyCommand, { maxLength: 40 }), (commands) => {
      let kept = cardFile.state.map((state) => ({ ...state }));
      let writes = 0;
      const card = openCard(cardFile, {
        random,
        save: (state) => {
          kept = state.map((one) => ({ ...one }));
          writes++;
        },
      });
      card.powerOn();
      for (const command of commands) {
        const writesBefore = writes;
        if (command === 'power') {
          card.powerOff();
          card.powerOn();
          continue;
        }
        const answer = card.transmit(command);
        expect(answer.length).toBeGreaterThanOrEqual(2);
        expect(answer.length).toBeLessThanOrEqual(258);
        expect([0x90, 0x65, 0x67, 0x68, 0x69, 0x6a, 0x6c, 0x6d, 0x6e]).toContain(answer.at(-2));
        expect(writes - writesBefore).toBeLessThanOrEqual(1);
        expect(card.inspect().applications.map(({ purse }) => purse.balanceFen)).toEqual(
          kept.map(({ balance }) => balance),
        );
      }
      for (const [index, state] of kept.entries()) {
        expect(state.log.length).toBeLessThanOrEqual(state.applicationTransactionCounter);
        const paid = cardFile.state[index]!.balance - state.balance;
        expect(paid).toBe(state.log.reduce((sum, entry) => sum + Number(entry.slice(12, 24)), 0));
      }
    }),
    { numRuns: 300 },
  );
});

test('a last record that is asked for too short is not answered, and nothing paid', () => {
  const card = open('service-card-51');
  const { data } = start(card);
  const { shortFileIdentifier, recordNumber } = recordsOf(data.get('94')!).at(-1)!;
  const asked = (le: number) => send(card, { ...readRecord(shortFileIdentifier, recordNumber), le }).statusWord;
  expect(asked(5)).toBe(0x6c16);
  expect(card.inspect().applications[0]!.purse.balanceFen).toBe(10_000);
  expect(asked(0x16)).toBe(0x9000);
  expect(card.inspect().applications[0]!.purse.balanceFen).toBe(9_800);
});

test('what the card answers last is what it keeps: all records of a tap, in any order before the last one', () => {
  const card = open('service-card-51');
  const { data } = start(card);
  const records = recordsOf(data.get('94')!);
  const answers = [...records.slice(0, -1).reverse(), records.at(-1)!].map(({ shortFileIdentifier, recordNumber }) =>
    send(card, readRecord(shortFileIdentifier, recordNumber)),
  );
  expect(answers.map(({ statusWord }) => statusWord)).toEqual(records.map(() => 0x9000));
  expect(card.inspect().applications[0]!.log).toHaveLength(1);
  expect(decodeResponse(card.transmit(fromHex('80CA9F3600'))).data[4]).toBe(1);
});
