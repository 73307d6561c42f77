import { expect, test } from 'vitest';
import { fromHex, toHex } from '../../../emv/index.js';
import { openCard, type SoftwareCard } from '../../../simulator/index.js';
import { BUS, issue, random, recordsOf, start, tap } from '../card-in-hand.js';
import { ContactInHand } from '../contact-in-hand.js';

const statusOf = (card: SoftwareCard, hex: string) => toHex(card.transmit(fromHex(hex)).slice(-2));
const zeros = (count: number) => '00'.repeat(count);

const SELECT = '00A4040008A00000033301010100';
const PSE = '00A404000E315041592E5359532E444446303100';
const PPSE = '00A404000E325041592E5359532E444446303100';

/** A card in a slot, brought where it is to be. */
const inSlot: Readonly<Record<string, (contact: ContactInHand) => void>> = {
  idle: () => {},
  directory: (contact) => contact.send(PSE),
  selected: (contact) => contact.send(SELECT),
  initiated: (contact) => contact.start(),
  requested: (contact) => {
    contact.start();
    contact.generate(1, 'ARQC');
  },
  approved: (contact) => {
    contact.start();
    contact.generate(1, 'TC');
  },
  completed: (contact) => {
    contact.start();
    contact.generate(1, 'ARQC');
    contact.generate(2, 'AAC', { '8A': '3035' });
  },
};

/** What a well-formed command is answered in each of these states (JR/T 0025.5-2013 annex B, 14, 15, 16, 17). */
const overContact: readonly (readonly [string, string, string])[] = [
  //                                                        idle dir  sel  init req  app  compl
  ['SELECT', SELECT, '9000 9000 9000 9000 9000 9000 9000'],
  ['SELECT of the directory', PSE, '9000 9000 9000 9000 9000 9000 9000'],
  ['SELECT of nothing', '00A4040008A00000033301999900', '6A82 6A82 6A82 6A82 6A82 6A82 6A82'],
  ['READ RECORD', '00B2014400', '6985 6A82 9000 9000 9000 9000 9000'],
  ['READ RECORD of the directory', '00B2010C00', '6985 9000 9000 9000 9000 9000 9000'],
  ['GET DATA', '80CA9F3600', '6985 6985 9000 9000 9000 9000 9000'],
  ['GET DATA of the life cycle', '80CA9F7F00', '9000 9000 9000 9000 9000 9000 9000'],
  ['GET CHALLENGE', '0084000000', '6985 6D00 9000 9000 9000 9000 9000'],
  ['GET PROCESSING OPTIONS', `80A8000021831F${zeros(31)}00`, '6985 6D00 9000 6985 6985 6985 6985'],
  ['INTERNAL AUTHENTICATE', '00880000041122334400', '6985 6D00 6985 9000 6985 6985 6985'],
  ['VERIFY', '002000800826123456FFFFFFFF', '6985 6D00 9000 9000 6985 6985 6985'],
  ['GENERATE AC, first', `80AE400020${zeros(32)}00`, '6985 6D00 6985 9000 6700 6985 6985'],
  ['GENERATE AC, second', `80AE400022${zeros(34)}00`, '6985 6D00 6985 6700 9000 6985 6985'],
  ['GENERATE AC, ARQC again', `80AE800022${zeros(34)}00`, '6985 6D00 6985 6700 6985 6985 6985'],
  ['EXTERNAL AUTHENTICATE', `008200000A${zeros(8)}3030`, '6985 6D00 6985 6985 6300 6985 6985'],
  ['APPLICATION BLOCK', '841E000004DEADBEEF', '6985 6D00 6985 6985 6988 6985 6988'],
  ['APPLICATION UNBLOCK', '8418000004DEADBEEF', '6985 6D00 6985 6985 6988 6985 6988'],
  ['CARD BLOCK', '8416000004DEADBEEF', '6985 6D00 6985 6985 6988 6985 6988'],
  ['PIN UNBLOCK', '8424000004DEADBEEF', '6985 6D00 6985 6985 6988 6985 6988'],
  ['PUT DATA', '04DA9F790A000000000000DEADBEEF', '6985 6D00 6985 6985 6988 6985 6988'],
  ['UPDATE RECORD', '04DC014C067000DEADBEEF', '6985 6D00 6985 6985 6988 6985 6988'],
  ['APPEND RECORD', `04E200A818${zeros(24)}`, '6985 6D00 6A82 6A82 6A82 6A82 6A82'],
  ['READ CAPP DATA', '80B400A802315000', '6D00 6D00 6D00 6D00 6D00 6D00 6D00'],
  ['an instruction of nobody', '00FE000000', '6D00 6D00 6D00 6D00 6D00 6D00 6D00'],
  ['a class of nobody', 'B0A4040000', '6E00 6E00 6E00 6E00 6E00 6E00 6E00'],
  ['another channel', '02A4040000', '6881 6881 6881 6881 6881 6881 6881'],
];

const contactCells = overContact.flatMap(([name, command, answers]) =>
  Object.keys(inSlot).map((state, at) => [name, state, command, answers.split(' ')[at]!] as const),
);

test.each(contactCells)('over contact %s, %s', (_, state, command, expected) => {
  const contact = new ContactInHand(issue('service-card-51'));
  inSlot[state]!(contact);
  expect(contact.send(command).sw).toBe(expected);
});

/** A card in the field: selected, answered with an approval, with all its records read, or answered otherwise. */
const inField: Readonly<Record<string, (card: SoftwareCard) => void>> = {
  idle: () => {},
  directory: (card) => statusOf(card, PPSE),
  selected: (card) => statusOf(card, SELECT),
  pending: (card) => start(card, { ...BUS, DF60: '00' }),
  committed: (card) => tap(card, { ...BUS, DF60: '00' }),
  ended: (card) => start(card, { ...BUS, '9F66': '20800080', DF60: '00' }),
};

/** JR/T 0025.12-2013 7.4 to 7.9, JR/T 0025.14-2013 annex A; what only a card in a slot knows is unknown here. */
const overContactless: readonly (readonly [string, string, string])[] = [
  //                                                        idle dir  sel  pend comm ended
  ['SELECT', SELECT, '9000 9000 9000 9000 9000 9000'],
  ['SELECT of the directory', PPSE, '9000 9000 9000 9000 9000 9000'],
  ['SELECT of the other directory', PSE, '6A82 6A82 6A82 6A82 6A82 6A82'],
  ['READ RECORD', '00B2011400', '6985 6985 9000 9000 9000 9000'],
  ['READ RECORD of the last', 'last', '6985 6985 6985 9000 9000 6985'],
  ['READ RECORD of a variable file', '00B201AC00', '6985 6985 6981 6981 6981 6981'],
  ['GET DATA', '80CA9F7900', '6985 6985 9000 9000 9000 9000'],
  ['GET PROCESSING OPTIONS', `80A8000024832228000080${zeros(30)}00`, '6985 6985 9000 6985 6985 6985'],
  ['READ CAPP DATA', '80B400A802315000', '6985 6985 9000 9000 9000 9000'],
  ['UPDATE CAPP DATA CACHE', `84DE00A808${zeros(8)}00`, '6985 6985 6985 6985 6985 6985'],
  ['UPDATE CAPP DATA CACHE of no file', `84DE009808${zeros(8)}00`, '6985 6985 6A82 6A82 6A82 6A82'],
  ['APPEND RECORD', `04E200A818${zeros(24)}`, '6985 6985 6988 6985 6988 6988'],
  ['GET TRANS PROVE', '805A000002000108', '6985 6985 9406 9406 9406 9406'],
  ['INTERNAL AUTHENTICATE', '00880000041122334400', '6D00 6D00 6D00 6D00 6D00 6D00'],
  ['VERIFY', '002000800826123456FFFFFFFF', '6D00 6D00 6D00 6D00 6D00 6D00'],
  ['GENERATE AC', `80AE400020${zeros(32)}00`, '6D00 6D00 6D00 6D00 6D00 6D00'],
  ['EXTERNAL AUTHENTICATE', `008200000A${zeros(8)}3030`, '6D00 6D00 6D00 6D00 6D00 6D00'],
  ['GET CHALLENGE', '0084000000', '6D00 6D00 6D00 6D00 6D00 6D00'],
  ['APPLICATION BLOCK', '841E000004DEADBEEF', '6D00 6D00 6D00 6D00 6D00 6D00'],
  ['PUT DATA', '04DA9F790A000000000000DEADBEEF', '6D00 6D00 6D00 6D00 6D00 6D00'],
];

const contactlessCells = overContactless.flatMap(([name, command, answers]) =>
  Object.keys(inField).map((state, at) => [name, state, command, answers.split(' ')[at]!] as const),
);

test.each(contactlessCells)('in the field %s, %s', (_, state, command, expected) => {
  const file = issue('small-payment');
  const card = openCard(file, { random });
  card.powerOn('contactless');
  inField[state]!(card);
  const { shortFileIdentifier, recordNumber } = recordsOf(fromHex(file.applications[0]!.data['94']!)).at(-1)!;
  const last = toHex(Uint8Array.of(0x00, 0xb2, recordNumber, (shortFileIdentifier << 3) | 4, 0x00));
  expect(statusOf(card, command === 'last' ? last : command)).toBe(expected);
});

test('a blocked card is silent in every state and over both interfaces', () => {
  const file = issue('service-card-51');
  const blocked = { ...file, state: file.state.map((state) => ({ ...state, blocked: 'card' as const })) };
  for (const by of ['contact', 'contactless'] as const) {
    const card = openCard(blocked, { random });
    card.powerOn(by);
    expect([SELECT, PSE, PPSE, '00A4040008A00000033301999900'].map((name) => statusOf(card, name))).toEqual([
      '6A81',
      '6A81',
      '6A81',
      '6A81',
    ]);
    expect(['00B2010C00', '80CA9F3600', '80A8000002830000'].map((command) => statusOf(card, command))).toEqual([
      '6985',
      '6985',
      '6985',
    ]);
  }
});
