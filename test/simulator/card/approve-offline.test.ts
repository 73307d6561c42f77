import { constants, createHash, createPublicKey, publicDecrypt } from 'node:crypto';
import { expect, test } from 'vitest';
import { concat, fromHex, getData, readRecord, select, toHex } from '../../../emv/index.js';
import { openCard } from '../../../simulator/index.js';
import {
  APPLICATION,
  BUS,
  balanceOf,
  balanceSaid,
  issue,
  open,
  random,
  recordsOf,
  send,
  start,
  tap,
} from '../card-in-hand.js';

const statusWord = ({ statusWord }: { statusWord: number }) => statusWord.toString(16).toUpperCase();

function recover(profileKey: { modulus: string; publicExponent: string }, signature: Uint8Array): Uint8Array {
  const base64Url = (hex: string) => Buffer.from(hex, 'hex').toString('base64url');
  const jwk = { kty: 'RSA', n: base64Url(profileKey.modulus), e: base64Url(profileKey.publicExponent) };
  const key = createPublicKey({ format: 'jwk', key: jwk });
  return publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature);
}

test('the purse is debited when the last record is read, and not before', () => {
  const card = open('service-card-51');
  const { data } = start(card);
  const records = recordsOf(data.get('94')!);
  for (const { shortFileIdentifier, recordNumber } of records.slice(0, -1)) {
    expect(statusWord(send(card, readRecord(shortFileIdentifier, recordNumber)))).toBe('9000');
    expect(balanceOf(card)).toBe(10_000);
    expect(toHex(send(card, getData('9F79')).data)).toBe('9F7906000000009800');
  }
  const last = records.at(-1)!;
  send(card, readRecord(last.shortFileIdentifier, last.recordNumber));
  expect(balanceOf(card)).toBe(9_800);
  send(card, readRecord(last.shortFileIdentifier, last.recordNumber));
  expect(balanceOf(card)).toBe(9_800);
  expect(toHex(send(card, getData('9F79')).data)).toBe('9F7906000000009800');
});

test('a new selection before the last record undoes the approval', () => {
  const card = open('service-card-51');
  const { data } = start(card);
  send(card, select(APPLICATION));
  const last = recordsOf(data.get('94')!).at(-1)!;
  expect(statusWord(send(card, readRecord(last.shortFileIdentifier, last.recordNumber)))).toBe('6985');
  expect(balanceOf(card)).toBe(10_000);
  expect(balanceSaid(card)).toBe(10_000);
});

test.each([
  ['28000080', '01', ['9F37', '9F02', '5F2A']],
  ['28000000', '00', ['9F37']],
])('with qualifiers %s the signature is of version %s', (qualifiers, version, signedTags) => {
  const cardFile = issue('service-card-51');
  const card = openCard(cardFile, { random });
  card.powerOn();
  const terminal = { ...BUS, '9F66': qualifiers };
  const { data } = tap(card, terminal);
  expect(data.has('9F69')).toBe(version === '01');
  const recovered = recover(cardFile.privateKey!, data.get('9F4B')!);
  const hashed = recovered.subarray(1, -21);
  expect(toHex(recovered.subarray(0, 7))).toBe('6A050103020001');
  expect(recovered.at(-1)).toBe(0xbc);
  const terminalValues = (signedTags as string[]).map((tag) => fromHex(terminal[tag as keyof typeof terminal]!));
  const signed = concat(hashed, ...terminalValues, data.get('9F69') ?? new Uint8Array(0));
  expect(toHex(recovered.subarray(-21, -1))).toBe(createHash('sha1').update(signed).digest('hex').toUpperCase());
});

test('the log tells the newest approval first and forgets the eleventh', () => {
  const card = open('service-card-51');
  for (let index = 1; index <= 11; index++) tap(card, { ...BUS, '9F02': index.toString().padStart(12, '0') });
  const { log, counters } = card.inspect().applications[0]!;
  expect(log.map(({ amountFen }) => amountFen)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  expect(log[0]).toEqual({
    date: '2016-01-04',
    amountFen: 11,
    currency: '156',
    applicationTransactionCounter: 11,
  });
  expect(counters.applicationTransactionCounter).toBe(11);
  send(card, select(APPLICATION));
  expect(toHex(send(card, readRecord(0x0b, 1)).data)).toMatch(
    /^160104000000000000000011000000000000015601560{40}00000B$/,
  );
  expect(statusWord(send(card, readRecord(0x0b, 11)))).toBe('6A83');
});

test.each([
  ['0B03', 3],
  ['0B1E', 30],
  ['0BFF', 30],
])('the log keeps as many records as log entry %s says', (logEntry, kept) => {
  const cardFile = issue('service-card-51');
  cardFile.applications[0]!.data['9F4D'] = logEntry;
  const card = openCard(cardFile, { random });
  card.powerOn();
  for (let index = 1; index <= 32; index++) tap(card, { ...BUS, '9F02': index.toString().padStart(12, '0') });
  expect(card.inspect().applications[0]!.log).toHaveLength(kept);
});
