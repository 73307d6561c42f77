import { expect, test } from 'vitest';
import { fromHex, toHex } from '../../../emv/index.js';
import { convertSecondCurrency } from '../../../simulator/card/transaction/currency-conversion.js';
import { type CardFile, openCard } from '../../../simulator/index.js';
import { issue, issueChanged, random, tap } from '../card-in-hand.js';
import { ContactInHand } from '../contact-in-hand.js';

const MOST = '9'.repeat(12);

/** The state that a card has kept in the end; opening it again is held to what a card file may be. */
function kept(file: CardFile, use: (card: ContactInHand) => void): CardFile['state'][number] {
  let { state } = file;
  const inHand = new ContactInHand(file);
  Object.assign(inHand, { card: openCard(file, { random, save: (next) => (state = [...next]) }) });
  use(inHand);
  openCard({ ...file, state }, { random });
  return state[0]!;
}

test('amounts without a limit add up to as much as a card can hold, which is a card still', () => {
  const file = issue('service-card-51');
  const { data } = file.applications[0]!;
  for (const limit of ['9F54', '9F75', '9F5C', '9F58']) delete data[limit];
  Object.assign(data, { '9F76': '0840', '9F73': '09999999' });
  const state = kept(file, (card) => {
    for (const currency of ['0156', '0156', '0840']) {
      card.start();
      expect(card.generate(1, 'TC', { '9F02': MOST, '5F2A': currency }).type).toBe('TC');
    }
  });
  expect([state.cumulativeOfflineAmount, state.cumulativeDualCurrencyAmount]).toEqual([Number(MOST), Number(MOST)]);
});

test('a factor between currencies that is none is refused in a card file, and worth nothing', () => {
  const file = issue('service-card-51');
  Object.assign(file.applications[0]!.data, { '9F76': '0840', '9F73': 'ABCDEF12' });
  expect(() => openCard(file, { random })).toThrow('applications.0.data.9F73: must be 8 digits');
  expect(convertSecondCurrency(1000, 'ABCDEF12')).toBe(0);
});

test.each([
  ['contactData', '8C', 'DFFF'],
  ['contactData', '9F38', '9F'],
  ['contactData', '94', '080101'],
  ['electronicCashData', '82', '00'],
] as const)('what another value stands for is held to the same: %s %s', (place, tag, hex) => {
  const file = issue('service-card-51');
  file.applications[0]![place]![tag] = hex;
  expect(() => openCard(file, { random })).toThrow(`applications.0.${place}.${tag}: must be`);
});

const METRO = 0x15;
const RECORD = `3150330101${'00'.repeat(49)}`;

/** JR/T 0025.14-2013 5.2.2, 6.2.2: the extension is over where its money does not do, though the sum of amounts would. */
test.each([
  ['segment deduction', 1],
  ['pre-authorization', 2],
])('%s of more than there is ends the extension, also where the sum of amounts could pay', (_, indicator) => {
  const file = issueChanged('small-payment', {
    electronicCash: { balanceFen: 1000, limitFen: 9000, singleTransactionLimitFen: 99_999 },
    smallPayment: {
      preAuthorization: true,
      responseMac: false,
      offsetLimitFen: 500,
      files: [{ shortFileIdentifier: METRO, length: 1024, recordsMax: 10, records: [RECORD] }],
    },
  });
  Object.assign(file.applications[0]!.data, { '9F68': '20100000', '9F54': '000000050000', '9F5C': '000000050000' });
  let state = file.state[0]!;
  const card = openCard(file, { random, save: ([next]) => (state = next!) });
  card.powerOn('contactless');
  const send = (hex: string) => toHex(card.transmit(fromHex(hex)).slice(-2));
  send('00A4040008A00000033301010100');
  expect(send('80B400A802315000')).toBe('9000');
  const options = `28000080000000002000${'00'.repeat(6)}0156${'00'.repeat(5)}015616010400010203040${indicator}`;
  expect(send(`80A80000248322${options}00`)).toBe('9000');
  // A plain approval: nothing of the extension is under way.
  expect(send(`84DE00A83A${'00'.repeat(58)}00`)).toBe('6985');
  const locator = fromHex(file.applications[0]!.data['94']!);
  for (let at = 0; at < locator.length; at += 4) {
    const [file, first, last] = [...locator.subarray(at, at + 3)] as [number, number, number];
    for (let record = first; record <= last; record++) send(toHex(Uint8Array.of(0, 0xb2, record, file | 4, 0)));
  }
  expect(state).toMatchObject({ balance: 1000, offsetUsed: 0, preAuthorizations: [], cumulativeOfflineAmount: 2000 });
});

test('what may still be spent is told up to what an amount can say', () => {
  const file = issueChanged('service-card-51', {
    processes: ['low-value-or-cumulative', 'return-available-offline-amount'],
    availableOfflineAmount: true,
    cumulativeLimitFen: Number(MOST),
    electronicCash: {
      balanceFen: Number(MOST),
      limitFen: Number(MOST),
      singleTransactionLimitFen: Number(MOST),
    },
  });
  const card = openCard(file, { random });
  card.powerOn('contactless');
  expect(toHex(tap(card).data.get('9F5D')!)).toBe(MOST);
});
