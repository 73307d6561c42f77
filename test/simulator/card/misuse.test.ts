import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../emv/index.js';
import { type CardFile, openCard } from '../../../simulator/index.js';
import { issue, random, recordsOf } from '../card-in-hand.js';
import { ContactInHand } from '../contact-in-hand.js';

type Interface = 'contact' | 'contactless';
type Misuse = readonly [name: string, command: string, statusWord: string];

const SELECT = '00A4040008A00000033301010100';
const zeros = (count: number) => '00'.repeat(count);

/** What both interfaces refuse, by which status word (EMV 4.3 Book 1 §11.3, Book 3 §6.3.5; ISO/IEC 7816-4). */
const common: readonly Misuse[] = [
  ['nothing', '', '6700'],
  ['half a header', '00A404', '6700'],
  ['a length that is not true', '00A4040008A0000003', '6700'],
  ['an extended length', '00B201140000FF', '6700'],
  ['an extended length with data', `00A404000000080000000000000000`, '6700'],
  ['another class', 'C0A4040008A00000033301010100', '6E00'],
  ['another channel', '01B2011400', '6881'],
  ['secure messaging that nobody asked for', '04B2011400', '6882'],
  ['another instruction', '0002000000', '6D00'],
  ['SELECT by file identifier', '00A40000023F0000', '6A86'],
  ['SELECT of the last occurrence', '00A4040108A00000033301010100', '6A86'],
  ['SELECT without a name', '00A4040000', '6700'],
  ['SELECT of a name too short', '00A4040004A000000300', '6700'],
  ['SELECT of a name too long', `00A4040011${'A0'.repeat(17)}00`, '6700'],
  ['GET PROCESSING OPTIONS with P1', '80A8010002830000', '6A86'],
  ['GET PROCESSING OPTIONS with P2', '80A8000102830000', '6A86'],
  ['READ RECORD of a file that is not there', '00B2017C00', '6A82'],
  ['READ RECORD of a record that is not there', '00B2FF1400', '6A83'],
  ['READ RECORD 0', '00B2001400', '6A86'],
  ['READ RECORD of all from', '00B2011500', '6A86'],
  ['READ RECORD with data', '00B2011401FF00', '6700'],
  ['GET DATA of what is not readable', '80CA9F2700', '6A88'],
  ['GET DATA of a key', '80CA800000', '6A88'],
  ['GET DATA with data', '80CA9F3601FF00', '6700'],
  ['APPEND RECORD with P1', `04E201A818${zeros(24)}`, '6A86'],
];

const overContact: readonly Misuse[] = [
  ...common,
  ['GENERATE AC of a reserved type', `80AEC00020${zeros(32)}00`, '6A86'],
  ['GENERATE AC with P2', `80AE400120${zeros(32)}00`, '6A86'],
  ['GENERATE AC of another length', `80AE40001F${zeros(31)}00`, '6700'],
  ['EXTERNAL AUTHENTICATE with P1', `008201000A${zeros(10)}`, '6A86'],
  ['EXTERNAL AUTHENTICATE of another length', `0082000009${zeros(9)}`, '6700'],
  ['INTERNAL AUTHENTICATE with P2', '00880001041122334400', '6A86'],
  ['INTERNAL AUTHENTICATE of another length', '008800000311223300', '6700'],
  ['VERIFY of another reference', '002000810826123456FFFFFFFF', '6A86'],
  ['VERIFY of an enciphered PIN', `0020008808${zeros(8)}`, '6A86'],
  ['VERIFY of another length', '002000800726123456FFFFFF', '6700'],
  ['VERIFY of what is no PIN block', '0020008008FFFFFFFFFFFFFFFF', '6A80'],
  ['GET CHALLENGE with P1', '0084010000', '6A86'],
  ['GET CHALLENGE with data', '008400000100', '6700'],
  ['a command of the field', '80B400A802315000', '6D00'],
];

const inField: readonly Misuse[] = [
  ...common,
  ['READ CAPP DATA with P1', '80B401A802315000', '6A86'],
  ['READ CAPP DATA of another occurrence', '80B400AA02315000', '6A86'],
  ['READ CAPP DATA of another length', '80B400A80331500000', '6700'],
  ['READ CAPP DATA of a file that is not there', '80B4009802315000', '6A82'],
  ['READ CAPP DATA of a record that is not there', '80B400A802999900', '6A83'],
  ['READ CAPP DATA of the cyclic file', '80B400F002315000', '6981'],
  ['GET TRANS PROVE with P1', '805A010002000108', '6A86'],
  ['GET TRANS PROVE of another length', '805A0000010008', '6700'],
  ['GET TRANS PROVE of another counter', '805A00000200FF08', '9406'],
  ['a command of the slot', '0084000000', '6D00'],
];

/** Where a command is out of place altogether, the card may say that instead (JR/T 0025.5-2013 annex B). */
const OUT_OF_PLACE = ['6985', '6D00'];

interface Played {
  readonly answers: readonly string[];
  /** What was kept, write by write. */
  readonly kept: readonly string[];
  readonly misused?: string;
}

/** Plays a conversation to a fresh card, with one more command before the n-th. */
function play(
  file: CardFile,
  by: Interface,
  commands: readonly string[],
  misuse?: { at: number; command: string },
): Played {
  const kept: string[] = [];
  const card = openCard(file, { random, save: (state) => kept.push(JSON.stringify(state)) });
  card.powerOn(by);
  let misused: string | undefined;
  const answers = commands.map((command, at) => {
    if (misuse?.at === at) {
      const before = kept.length;
      misused = toHex(card.transmit(fromHex(misuse.command)));
      expect(kept).toHaveLength(before);
    }
    return toHex(card.transmit(fromHex(command)));
  });
  return { answers, kept, ...(misused === undefined ? {} : { misused }) };
}

/** Every misuse before every command: it says why, and nothing of what follows is any different. */
function expectNoTrace(file: CardFile, by: Interface, commands: readonly string[], misuses: readonly Misuse[]): void {
  const undisturbed = play(file, by, commands);
  for (const [name, command, statusWord] of misuses) {
    for (let at = 0; at < commands.length; at++) {
      const { answers, kept, misused } = play(file, by, commands, { at, command });
      expect([statusWord, ...OUT_OF_PLACE], `${name} before ${commands[at]}`).toContain(misused);
      expect({ answers, kept }, `${name} before ${commands[at]}`).toEqual(undisturbed);
    }
  }
}

describe('a command that is refused leaves no trace', () => {
  test('in a transaction over contact with the issuer', () => {
    const file = issue('service-card-51');
    expectNoTrace(file, 'contact', recordOnline(file), overContact);
  });

  test('in an approval in the field, and at a selection after it', () => {
    const file = issue('small-payment');
    const options = `80A8000024832228000080${'000000000200'}${zeros(6)}0156${zeros(5)}0156160104000102030400`;
    const records = recordsOf(fromHex(file.applications[0]!.data['94']!)).map(({ shortFileIdentifier, recordNumber }) =>
      toHex(Uint8Array.of(0x00, 0xb2, recordNumber, (shortFileIdentifier << 3) | 4, 0x00)),
    );
    const commands = [SELECT, '80B400A802315000', `${options}00`, ...records, '80CA9F7900', SELECT, '80CA9F3600'];
    expect(play(file, 'contactless', commands).answers.every((answer) => answer.endsWith('9000'))).toBe(true);
    expectNoTrace(file, 'contactless', commands, inField);
  });
});

/** The commands of a transaction that the issuer approves, as bytes. */
function recordOnline(file: CardFile): string[] {
  const commands: string[] = [];
  const contact = new ContactInHand(file);
  const { transmit } = contact.card;
  contact.card.transmit = (command) => {
    commands.push(toHex(command));
    return transmit.call(contact.card, command);
  };
  contact.start();
  contact.send('00B2014400');
  contact.verify('123456');
  const { cryptogram } = contact.generate(1, 'ARQC');
  expect(contact.authenticateIssuer(cryptogram, '00')).toBe('9000');
  expect(contact.generate(2, 'TC', { '8A': '3030' }).type).toBe('TC');
  return commands;
}
