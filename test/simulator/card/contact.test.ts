import { describe, expect, test } from 'vitest';
import {
  createCertificationAuthorityKeyStore,
  decode,
  findFirst,
  fromHex,
  issuerDiscretionaryDataMac,
  readRecord,
  toHex,
  verifyCda,
  verifyDda,
} from '../../../emv/index.js';
import { CardError, testCaKeys } from '../../../simulator/index.js';
import { issue, issueChanged, open, pki, send, staticDataOf, statusOf } from '../card-in-hand.js';
import { ContactInHand } from '../contact-in-hand.js';

const inSlot = () => new ContactInHand(issue('service-card-51'));

function authenticationOf(contact: ContactInHand) {
  return {
    rid: 'A000000333',
    caKeys: createCertificationAuthorityKeyStore(testCaKeys(pki)),
    date: '2016-01-04',
    data: contact.data,
    staticData: staticDataOf(contact.records),
  };
}

test('the payment system environment leads to the application, over contact alone', () => {
  const contact = inSlot();
  const environment = contact.send('00A404000E315041592E5359532E444446303100');
  expect(toHex(findFirst(decode(environment.data), '6F', 'A5', '88')!.value)).toBe('01');
  const record = contact.send('00B2010C00');
  expect(toHex(findFirst(decode(record.data), '70', '61', '4F')!.value)).toBe('A000000333010101');
  expect(contact.send('00B2020C00').sw).toBe('6A83');
  expect(contact.send('00B2011400').sw).toBe('6A82');
  expect(contact.send('00A404000E325041592E5359532E444446303100').sw).toBe('6A82');
});

test('a card is reached only where it has an interface', () => {
  const powerOn = (profile: string, by: 'contact' | 'contactless') => {
    const card = open(profile);
    card.powerOff();
    return toHex(card.powerOn(by));
  };
  expect(powerOn('service-card-51', 'contact')).toBe('3BE000008131FE45EB');
  expect(powerOn('service-card-51', 'contactless')).toBe('3B80800101');
  expect(() => powerOn('lost-card', 'contact')).toThrow(CardError);
  expect(() => powerOn('old-card-pboc2', 'contactless')).toThrow('no contactless interface');
});

test('a transaction over contact proves the card by DDA', () => {
  const contact = inSlot();
  expect(contact.start()).toBe('9000');
  contact.readAll();
  expect(toHex(contact.data.get('82')!)).toBe('3D00');
  const { data, sw } = contact.send('00880000041122334400');
  expect(sw).toBe('9000');
  const signature = decode(data)[0]!.value;
  const input = authenticationOf(contact);
  const proof = { ...input, data: new Map([...contact.data, ['9F4B', signature]]), terminalData: fromHex('11223344') };
  const result = verifyDda(proof);
  expect(result).toMatchObject({ ok: true });
  expect(result.ok && toHex(result.iccDynamicNumber!)).toBe('0001');
  expect(verifyDda({ ...proof, terminalData: fromHex('11223345') })).toMatchObject({ ok: false });
  expect(contact.generate(1, 'ARQC').results).toBe('03A01002');
});

test('both cryptograms can be signed (CDA)', () => {
  const contact = inSlot();
  contact.start();
  contact.readAll();
  const check = (answer: Uint8Array, cdolData: Uint8Array) => {
    const objects = decode(answer)[0]!.children!;
    const of = (tag: string) => objects.find((object) => object.tag === tag)!;
    return verifyCda({
      ...authenticationOf(contact),
      data: new Map([...contact.data, ['9F4B', of('9F4B').value]]),
      unpredictableNumber: fromHex('11223344'),
      pdolData: contact.pdolData,
      cdolData,
      responseData: Uint8Array.from(
        objects
          .filter(({ tag }) => tag !== '9F4B')
          .flatMap(({ tag, value }) => [...fromHex(tag), value.length, ...value]),
      ),
      cryptogramInformationData: of('9F27').value,
    });
  };
  const first = contact.generate(1, 'ARQC', {}, { signed: true });
  const opened = check(first.answer, first.cdolData);
  expect(opened).toMatchObject({ ok: true });
  const cryptogram = opened.ok ? opened.applicationCryptogram! : new Uint8Array(8);
  expect(toHex(cryptogram)).toBe(contact.expectedCryptogram(first.issuerApplicationData));
  expect(first.results).toBe('03A01002');
  expect(contact.authenticateIssuer(cryptogram, '00')).toBe('9000');
  const second = contact.generate(2, 'TC', { '8A': '3030' }, { signed: true });
  expect(second.results).toBe('03601002');
  expect(check(second.answer, Uint8Array.of(...first.cdolData, ...second.cdolData))).toMatchObject({ ok: true });
  expect(check(second.answer, second.cdolData)).toMatchObject({ ok: false, reason: 'transaction-data-hash' });
});

test('an AAC that was to be signed tells of no signature (JR/T 0025.5-2013 14.5.4)', () => {
  const contact = inSlot();
  contact.start();
  expect(contact.generate(1, 'AAC', {}, { signed: true }).results).toBe('03801000');
});

test('a decline online clears what the card remembers of failed authentications, whatever 95 says (JR/T 0025.5-2013 16.6.1)', () => {
  const contact = inSlot();
  const DDA_FAILED = { '95': '0800000000' };
  contact.start();
  expect(contact.generate(1, 'AAC', DDA_FAILED).type).toBe('AAC');
  contact.start();
  const first = contact.generate(1, 'ARQC', DDA_FAILED);
  expect(first.results).toBe('03A01004');
  expect(contact.authenticateIssuer(first.cryptogram, '05')).toBe('9000');
  expect(contact.generate(2, 'AAC', { ...DDA_FAILED, '8A': '3035' }).type).toBe('AAC');
  contact.start();
  expect(contact.generate(1, 'ARQC').results).toBe('03A01000');
  expect(contact.generate(2, 'AAC', { ...DDA_FAILED, '8A': '5A33' }).type).toBe('AAC');
  contact.start();
  expect(contact.generate(1, 'ARQC').results).toBe('03A09004');
});

test('the issuer finds both cryptograms true, and the card its answer', () => {
  const contact = inSlot();
  contact.start();
  expect(contact.verify('123456')).toBe('9000');
  const first = contact.generate(1, 'ARQC');
  expect([first.type, first.results]).toEqual(['ARQC', '03A41000']);
  expect(toHex(first.cryptogram)).toBe(contact.expectedCryptogram(first.issuerApplicationData));
  expect(contact.authenticateIssuer(first.cryptogram, '00')).toBe('9000');
  const second = contact.generate(2, 'TC', { '8A': '3030' });
  expect([second.type, second.results]).toEqual(['TC', '03641000']);
  expect(toHex(second.cryptogram)).toBe(contact.expectedCryptogram(second.issuerApplicationData));
  expect(contact.generate(2, 'TC').statusWord).toBe(0x6985);
  const { counters, log } = contact.card.inspect().applications[0]!;
  expect(counters).toMatchObject({ lastOnlineApplicationTransactionCounter: 1, onlineAuthorizationPending: false });
  expect(log).toEqual([
    { date: '2016-01-04', time: '10:15:30', amountFen: 1_000, currency: '156', applicationTransactionCounter: 1 },
  ]);
});

test('with SM4 the issuer finds both cryptograms true as well, and the card its answer', () => {
  const contact = new ContactInHand(issueChanged('service-card-51', { cryptogramAlgorithm: 'sm4' }));
  contact.start();
  const first = contact.generate(1, 'ARQC');
  expect(first.issuerApplicationData.slice(14, 16)).toBe('04');
  expect(toHex(first.cryptogram)).toBe(contact.expectedCryptogram(first.issuerApplicationData));
  expect(contact.authenticateIssuer(first.cryptogram, '00', { valid: false })).toBe('6300');
  contact.start();
  const again = contact.generate(1, 'ARQC');
  expect(contact.authenticateIssuer(again.cryptogram, '00')).toBe('9000');
  const second = contact.generate(2, 'TC', { '8A': '3030' });
  expect(toHex(second.cryptogram)).toBe(contact.expectedCryptogram(second.issuerApplicationData));
});

test('electronic cash over contact is debited by the TC, and tells the new balance', () => {
  const contact = inSlot();
  contact.start({ '9F7A': '01' });
  contact.readAll();
  expect(toHex(contact.data.get('82')!)).toBe('3900');
  expect(contact.data.has('9F74')).toBe(true);
  const { type, issuerApplicationData } = contact.generate(1, 'TC');
  expect(type).toBe('TC');
  expect(issuerApplicationData.slice(0, 30)).toBe('07010103900000010A010000009000');
  expect(contact.card.inspect().applications[0]!.purse.balanceFen).toBe(9_000);
});

test('a card that does not ask for the amount with its options takes no electronic cash (JR/T 0025.13-2013 7.4.1)', () => {
  const file = issue('service-card-51');
  file.applications[0]!.contactData!['9F38'] = '9F7A015F2A02';
  const contact = new ContactInHand(file);
  contact.start({ '9F7A': '01' });
  expect(contact.generate(1, 'TC', { '9F02': '999999999999' }).statusWord).toBe(0x9000);
  expect(contact.card.inspect().applications[0]!.purse.balanceFen).toBe(10_000);
});

test('the whole load log has its 22 bytes for each load, whatever else the log keeps (JR/T 0025.13-2013 8)', () => {
  const file = issue('service-card-51');
  file.applications[0]!.contactData!.DF4F = '9A039F3602';
  file.state[0]!.loadLog = [`9F79000000000000000000010000${'160104'}${'0007'}`];
  const contact = new ContactInHand(file);
  contact.start();
  const { data, sw } = contact.send('00B2006400');
  expect(sw).toBe('9000');
  expect(toHex(data.subarray(2, -4))).toBe(`019F79000000000000000000010000${'160104'}${'000000'}${'0007'}`);
});

test('a card that lost power in the middle goes on with the next counter, and has paid for nothing it did not say', () => {
  const contact = inSlot();
  contact.start({ '9F7A': '01' });
  contact.card.powerOff();
  contact.start({ '9F7A': '01' });
  expect(toHex(contact.counter)).toBe('0002');
  expect(contact.card.inspect().applications[0]!.purse.balanceFen).toBe(10_000);
});

test('an application of the PBOC 2.0 card goes through as well', () => {
  const contact = new ContactInHand(issue('old-card-pboc2'));
  contact.start();
  contact.readAll();
  expect(toHex(contact.data.get('82')!)).toBe('5C00');
  expect(contact.send('00880000041122334400').sw).toBe('6D00');
  expect(contact.generate(1, 'TC').type).toBe('TC');
});

test.each([
  ['80AE400001', '6700', 'GENERATE AC of a wrong length'],
  ['80AE40001D11', '6700', 'a command cut short'],
  ['80AEC00000', '6A86', 'GENERATE AC of a reserved type'],
  ['80AE400100', '6A86', 'GENERATE AC with P2'],
  ['008200000A00000000000000003030', '6985', 'EXTERNAL AUTHENTICATE before a cryptogram'],
  ['0082000009000000000000000030', '6700', 'EXTERNAL AUTHENTICATE of 9 bytes'],
  ['0082010000', '6A86', 'EXTERNAL AUTHENTICATE with P1'],
  ['008800000500000000', '6700', 'INTERNAL AUTHENTICATE of a length that is not true'],
  ['008800000311223300', '6700', 'INTERNAL AUTHENTICATE of another length than the DDOL'],
  ['0020008108241234FFFFFFFFFF', '6A86', 'VERIFY of another reference'],
  ['0020008007241234FFFFFFFF', '6700', 'VERIFY of 7 bytes'],
  ['0020008008341234FFFFFFFFFF', '6A80', 'VERIFY of another block'],
  ['0084000000', '9000', 'GET CHALLENGE'],
  ['0084000100', '6A86', 'GET CHALLENGE with P2'],
  ['80CA9F7F00', '9000', 'GET DATA of the production life cycle'],
])('%s is answered by %s: %s', (command, sw) => {
  const contact = inSlot();
  contact.start();
  expect(contact.send(command).sw).toBe(sw);
});

test('GENERATE AC needs a transaction, and so do the others', () => {
  const contact = inSlot();
  for (const [command, sw] of [
    ['80AE400000', '6985'],
    ['008200000A00000000000000003030', '6985'],
    ['0020008008241234FFFFFFFFFF', '6985'],
    ['0084000000', '6985'],
    ['80CA9F7F00', '9000'],
    ['80CA9F3600', '6985'],
  ] as const) {
    expect(contact.send(command).sw, command).toBe(sw);
  }
});

test('over contactless these commands are unknown', () => {
  const card = open('service-card-51');
  statusOf(card, '00A4040008A00000033301010100');
  for (const command of ['80AE400000', '008800000411223344', '0020008008241234FFFFFFFFFF', '0084000000'])
    expect(statusOf(card, command)).toBe('6D00');
  expect(send(card, readRecord(8, 1)).statusWord).toBe(0x9000);
});

test('three wrong PINs use the tries up; later the answer is another', () => {
  const contact = inSlot();
  contact.start();
  expect(['111111', '222222', '333333'].map((pin) => contact.verify(pin))).toEqual(['63C2', '63C1', '63C0']);
  expect(contact.verify('123456')).toBe('6983');
  contact.start();
  expect(contact.verify('123456')).toBe('6984');
  expect(contact.generate(1, 'TC').results).toBe('03965000');
});

describe('9F10 while pre-authorizations are open (JR/T 0025.14-2013 6.2.8)', () => {
  const FROZEN = 2_500;
  const frozen = { shortFileIdentifier: 0x18, identifier: '3150', amount: FROZEN };

  function holding(preAuthorizations: readonly (typeof frozen)[], discretionaryKind = 1) {
    const file = issueChanged('small-payment', { discretionaryKind }, { card: { interface: 'dual' } });
    const state = [{ ...file.state[0]!, preAuthorizations: [...preAuthorizations] }];
    const contact = new ContactInHand({ ...file, state });
    contact.start();
    contact.readAll();
    return contact;
  }

  /** The first amount behind length and kind, and whether the MAC over it is the card's. */
  const told = (contact: ContactInHand, issuerApplicationData: string) => {
    const bytes = fromHex(issuerApplicationData);
    const key = contact.sessionKey('messageAuthentication');
    const atc = contact.counter;
    const { cryptogramAlgorithm: algorithm } = contact.file.applications[0]!;
    const mac = issuerDiscretionaryDataMac({ algorithm, key, atc, values: [bytes.subarray(10, 15)] });
    return { fen: Number(toHex(bytes.subarray(10, 15))), isAuthentic: toHex(bytes.subarray(15)) === toHex(mac) };
  };

  test.each([
    [[], 10_000],
    [[frozen], 10_000 + FROZEN],
    [[frozen, { ...frozen, identifier: '3151' }], 10_000 + 2 * FROZEN],
    // More than its five bytes can say: not the last digits of it, or the issuer takes a full purse for an empty one.
    [[{ ...frozen, amount: 9_999_995_000 }], 9_999_999_999],
  ])('the balance tells %j too, in both cryptograms', (open, fen) => {
    const contact = holding(open);
    const first = contact.generate(1, 'ARQC');
    expect(told(contact, first.issuerApplicationData)).toEqual({ fen, isAuthentic: true });
    contact.authenticateIssuer(first.cryptogram, '00');
    const second = contact.generate(2, 'TC', { '8A': '3030' });
    expect(second.type).toBe('TC');
    expect(told(contact, second.issuerApplicationData)).toEqual({ fen, isAuthentic: true });
  });

  test('other amounts and GET DATA tell what is free', () => {
    const contact = holding([frozen], 2);
    expect(told(contact, contact.generate(1, 'ARQC').issuerApplicationData)).toEqual({ fen: 0, isAuthentic: true });
    expect(toHex(contact.send('80CA9F7900').data)).toBe('9F7906000000010000');
  });

  test('paying with electronic cash: what is left, and what is frozen', () => {
    const contact = holding([frozen]);
    contact.start({ '9F7A': '01' });
    contact.readAll();
    const { type, issuerApplicationData } = contact.generate(1, 'TC', { '9F7A': '01' });
    expect(type).toBe('TC');
    expect(told(contact, issuerApplicationData)).toEqual({ fen: 9_000 + FROZEN, isAuthentic: true });
  });
});
