import { expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../emv/index.js';
import { editCard, openCard, type SoftwareCard } from '../../../../simulator/index.js';
import { issue, random } from '../../card-in-hand.js';

const SELECT = '00A4040008A00000063201010500';
const INFORMATION = '01011000FFFFFFFF02010310517000000000041520150826203512310000';

function powered(by: 'contact' | 'contactless' = 'contactless'): SoftwareCard {
  const card = openCard(issue('transport-card'), { random });
  card.powerOn(by);
  return card;
}

const send = (card: SoftwareCard, hex: string) => toHex(card.transmit(fromHex(hex)));

test('the directory names both applications, the bank’s first', () => {
  const directory = send(powered(), '00A404000E325041592E5359532E444446303100');
  expect(directory).toMatch(/4F08A000000333010101.*4F08A00000063201010550084D4F545F545F4550/);
  const contact = powered('contact');
  send(contact, '00A404000E315041592E5359532E444446303100');
  expect(send(contact, '00B2010C00')).toContain('A000000632010105');
});

test('it is read as machines at stations read it', () => {
  const card = powered();
  expect(send(card, SELECT)).toBe(`6F318408A000000632010105A5259F0801029F0C1E${INFORMATION}9000`);
  expect(send(card, '00B0950000')).toBe(`${INFORMATION}9000`);
  expect(send(card, '00B0950A08')).toBe(`${INFORMATION.slice(20, 36)}9000`);
  expect(send(card, '00B0950800')).toBe(`${INFORMATION.slice(16)}9000`);
  expect(send(card, '805C000204')).toBe('0000092E9000');
  expect(send(card, '805C010204')).toBe('000000009000');
});

test('its log is read record by record', () => {
  const card = powered();
  send(card, SELECT);
  expect(send(card, '00B201C417')).toBe('0002000000000000C806315001000001201512300755129000');
  expect(send(card, '00B203C417')).toBe('6A83');
  expect(send(card, '00B201F417')).toBe('6A82');
});

test.each([
  ['a file that there is not', '00B0960000', '6A82'],
  ['beyond the end', '00B0951E00', '6B00'],
  ['without a file', '00B0000000', '6A86'],
  ['a ride without a number', '00B200C400', '6A86'],
  ['another balance', '805C000104', '6A86'],
  ['a purchase', '805001020B01000000000000000000010F', '6D00'],
  ['the bank’s commands', '80A8000002830000', '6D00'],
  ['its name on another channel', '01A4040008A00000063201010500', '6881'],
])('%s: %s is answered with %s', (_, command, status) => {
  const card = powered();
  send(card, SELECT);
  expect(send(card, command)).toBe(status);
});

test('a part of its name selects it, the bank’s name leaves it, a blocked card has none', () => {
  const card = powered();
  expect(send(card, '00A4040005A00000063200')).toMatch(/9000$/);
  expect(send(card, '00A4040008A00000033301010100')).toMatch(/9000$/);
  expect(send(card, '805C000204')).not.toMatch(/9000$/);
  const blocked = openCard(editCard(issue('transport-card'), [{ name: 'blocked', value: 'card' }]), { random });
  blocked.powerOn();
  expect(send(blocked, SELECT)).toBe('6A81');
});
