import { expect, test } from 'vitest';
import { encipherPinBlock, encodePinBlock, encryptBlocks, fromHex, toHex } from '../../../emv/index.js';
import { authorize, type CardAccount, createIssuer } from '../../../simulator/index.js';
import decisions from '../../../simulator/issuer/decisions.json' with { type: 'json' };
import {
  type Algorithm,
  account,
  DATE,
  encipher,
  issuer,
  keySet,
  type MadeRequest,
  makeRequest,
  PAN,
  sessionKey,
  ZONE_PIN_KEY,
} from './made-request.js';

const pinBlock = (pin: string) => encryptBlocks('3des', ZONE_PIN_KEY, encodePinBlock({ format: '0', pin, pan: PAN }));

interface Row {
  readonly title: string;
  readonly reason: keyof typeof decisions;
  readonly made?: MadeRequest;
  readonly account?: Partial<CardAccount>;
}

const pin = { digits: '1234', triesLeft: 3 };
const load = { kind: 'load' } as const;

const rows: readonly Row[] = [
  { title: 'a purchase', reason: 'approved' },
  { title: 'a purchase with cryptogram version 17', reason: 'approved', made: { version: '17' } },
  { title: 'version 17 written as 11', reason: 'approved', made: { version: '11' } },
  { title: 'a card without purse data', reason: 'approved', made: { balance: null } },
  { title: 'a TC that came online', reason: 'approved', made: { results: '900000' } },
  { title: 'the last fen', reason: 'approved', account: { availableFen: 10_000 } },
  { title: 'the number from track 2', reason: 'approved', made: { changes: { '5A': null, '57': `${PAN}D2512220` } } },
  { title: 'the right PIN', reason: 'approved', made: { request: { pinBlock: pinBlock('1234') } }, account: { pin } },
  {
    title: 'a load to the limit',
    reason: 'approved',
    made: { request: load },
    account: { limits: { purseFen: 13_000 } },
  },
  {
    title: 'a load at a tap',
    reason: 'scripts-not-taken',
    made: { request: load, terminal: { '9F66': '26000080' } },
  },
  {
    title: 'a load while a script is open that electronic cash tells nothing of',
    reason: 'scripts-not-taken',
    made: { request: load, terminal: { '9F7A': '01' } },
    account: { sent: [{ identifier: '00000001', orders: [{ kind: 'unblock-pin' }] }] },
  },
  { title: 'no card number', reason: 'request-incomplete', made: { changes: { '5A': null } } },
  { title: 'no amount', reason: 'request-incomplete', made: { changes: { '9F02': null } } },
  { title: 'an amount that is no number', reason: 'request-incomplete', made: { changes: { '9F02': '00000000000A' } } },
  { title: 'no cryptogram', reason: 'request-incomplete', made: { changes: { '9F26': null } } },
  { title: 'no counter', reason: 'request-incomplete', made: { changes: { '9F36': '01' } } },
  { title: '9F10 of another scheme', reason: 'request-incomplete', made: { changes: { '9F10': '06010A03A00000' } } },
  { title: 'a version unknown', reason: 'request-incomplete', made: { changes: { '9F10': '0701FF03A0000001' } } },
  { title: 'a value missing that is signed', reason: 'request-incomplete', made: { changes: { '9F03': null } } },
  { title: 'a number without keys', reason: 'card-unknown', made: { changes: { '5A': '6228999900001117' } } },
  { title: 'another sequence number', reason: 'card-unknown', made: { changes: { '5F34': '02' } } },
  { title: 'an amount changed on the way', reason: 'cryptogram-wrong', made: { changes: { '9F02': '000000000001' } } },
  { title: 'a cryptogram changed', reason: 'cryptogram-wrong', made: { changes: { '9F26': '0000000000000000' } } },
  { title: 'an AAC', reason: 'cryptogram-not-online', made: { results: '800000' } },
  {
    title: 'a balance changed on the way',
    reason: 'purse-data-wrong',
    made: { changes: { '9F10': '07010103A00000010A010000999999868FD1FC' } },
  },
  { title: 'a counter that was seen', reason: 'counter-repeated', account: { transactionCounter: 1 } },
  { title: 'a counter that lies behind', reason: 'counter-repeated', account: { transactionCounter: 2 } },
  { title: 'a counter far ahead', reason: 'counter-jumped', made: { atc: '03E9' } },
  { title: 'a counter as far ahead as may be', reason: 'approved', made: { atc: '03E8' } },
  { title: 'a lost card', reason: 'card-lost', account: { status: 'lost' } },
  { title: 'a stolen card', reason: 'card-stolen', account: { status: 'stolen' } },
  { title: 'a closed account', reason: 'account-closed', account: { status: 'closed' } },
  { title: 'an expired card', reason: 'card-expired', made: { changes: { '5F24': '150930' } } },
  { title: 'a card in its last month', reason: 'approved', made: { changes: { '5F24': '151031' } } },
  { title: 'a failed DDA', reason: 'card-authentication-failed', made: { terminal: { '95': '0800000000' } } },
  { title: 'a failed CDA', reason: 'card-authentication-failed', made: { terminal: { '95': '0400000000' } } },
  { title: 'a failed SDA', reason: 'card-authentication-failed', made: { terminal: { '95': '4000000000' } } },
  { title: 'another currency', reason: 'currency-unknown', made: { terminal: { '5F2A': '0840' } } },
  { title: 'a wrong PIN', reason: 'pin-wrong', made: { request: { pinBlock: pinBlock('1235') } }, account: { pin } },
  {
    title: 'a PIN block cut short',
    reason: 'pin-wrong',
    made: { request: { pinBlock: new Uint8Array(7) } },
    account: { pin },
  },
  {
    title: 'a PIN after the last try',
    reason: 'pin-tries-exhausted',
    made: { request: { pinBlock: pinBlock('1234') } },
    account: { pin: { ...pin, triesLeft: 0 } },
  },
  { title: 'a fen too little', reason: 'funds-insufficient', account: { availableFen: 9_999 } },
  { title: 'above the limit', reason: 'amount-limit-exceeded', account: { limits: { amountEachFen: 9_999 } } },
  {
    title: 'above what the day has left',
    reason: 'amount-limit-exceeded',
    account: { limits: { amountDailyFen: 19_999 }, day: { date: DATE, count: 1, amountFen: 10_000 } },
  },
  {
    title: 'the same sum on the day after',
    reason: 'approved',
    account: {
      limits: { amountDailyFen: 19_999, countDaily: 1 },
      day: { date: '2015-10-02', count: 1, amountFen: 10_000 },
    },
  },
  {
    title: 'once too often',
    reason: 'count-limit-exceeded',
    account: { limits: { countDaily: 1 }, day: { date: DATE, count: 1, amountFen: 1 } },
  },
  { title: 'a large amount', reason: 'referral-needed', account: { limits: { referralFen: 9_999 } } },
  { title: 'a load without a balance', reason: 'purse-balance-unknown', made: { balance: null, request: load } },
  {
    title: 'a load above the limit',
    reason: 'purse-limit-exceeded',
    made: { request: load },
    account: { limits: { purseFen: 12_999 } },
  },
  {
    title: 'a load of all that a card can tell, into an empty purse',
    reason: 'approved',
    made: { request: load, balance: '0000000000', terminal: { '9F02': '009999999999' } },
    account: { availableFen: 999_999_999_999 },
  },
  {
    title: 'a load of more than the card could tell, without a limit',
    reason: 'purse-limit-exceeded',
    made: { request: load, balance: '0000000001', terminal: { '9F02': '009999999999' } },
    account: { availableFen: 999_999_999_999 },
  },
  {
    title: 'a load of more than the script could carry, above it',
    reason: 'purse-limit-exceeded',
    made: { request: load, balance: '9999999999', terminal: { '9F02': '999999999999' } },
    account: { availableFen: 999_999_999_999, limits: { purseFen: 999_999_999_999 } },
  },
];

test.each(rows)('$title: $reason', ({ reason, made, account: changes }) => {
  const result = authorize(issuer, account(changes), makeRequest(made));
  expect(result.reason).toBe(reason);
  expect(result.answer.authorizationResponseCode).toBe(decisions[reason].responseCode);
  const decision = reason === 'approved' ? 'approved' : reason === 'referral-needed' ? 'referred' : 'declined';
  expect(result.decision).toBe(decision);
});

test('every reason has a row', () => {
  expect([...new Set(rows.map(({ reason }) => reason))].sort()).toEqual(Object.keys(decisions).sort());
});

test.each<[string, MadeRequest]>([
  ['a wrong cryptogram', { changes: { '9F26': '0000000000000000' } }],
  ['a repeated counter', { atc: '0000' }],
  ['an incomplete request', { changes: { '9F02': null } }],
])('%s gets no response cryptogram, no script, and leaves the account alone', (_, made) => {
  const before = account({ orders: [{ kind: 'block-card' }] });
  const { answer, account: after } = authorize(issuer, before, makeRequest(made));
  expect(answer.issuerAuthenticationData).toBeUndefined();
  expect(answer.scripts).toEqual([]);
  expect(after).toBe(before);
});

test.each(['3des', 'sm4'] as const)('the answer carries the response cryptogram and its code (%s)', (algorithm) => {
  const request = makeRequest({ algorithm, atc: '0240', request: { authorizationCode: '123456' } });
  for (const [availableFen, code] of [
    [100_000, '3030'],
    [0, '3531'],
  ] as const) {
    const { answer } = authorize(issuer, account({ availableFen }), request);
    expect(toHex(answer.issuerAuthenticationData!)).toBe(responseCryptogram(algorithm, request.data, code) + code);
    expect(answer.authorizationCode).toEqual(availableFen === 0 ? undefined : fromHex('313233343536'));
  }
});

/** ARQC xor code, under the transaction's key; SM4 has 8 zeros more and gives the left half. */
function responseCryptogram(algorithm: Algorithm, data: ReadonlyMap<string, Uint8Array>, code: string): string {
  const block = data.get('9F26')!.map((byte, index) => byte ^ (fromHex(code)[index] ?? 0));
  const blocks = algorithm === '3des' ? block : Uint8Array.from([...block, ...new Uint8Array(8)]);
  return toHex(encipher(algorithm, sessionKey(algorithm, 'applicationCryptogram', '0240'), blocks)).slice(0, 16);
}

test('an approval takes the money and counts for the day; a refusal only moves the counter', () => {
  const before = account({ day: { date: DATE, count: 2, amountFen: 500 } });
  const approved = authorize(issuer, before, makeRequest({ atc: '0102' })).account;
  expect(approved).toEqual({
    ...before,
    transactionCounter: 0x0102,
    availableFen: 90_000,
    day: { date: DATE, count: 3, amountFen: 10_500 },
  });
  const poor = { ...before, availableFen: 1 };
  expect(authorize(issuer, poor, makeRequest()).account).toEqual({ ...poor, transactionCounter: 1 });
});

test('a wrong PIN costs a try, and the same request cannot be tried again', () => {
  const request = makeRequest({ request: { pinBlock: pinBlock('9999') } });
  const { account: after } = authorize(issuer, account({ pin }), request);
  expect(after!.pin).toEqual({ digits: '1234', triesLeft: 2 });
  expect(authorize(issuer, after, request).reason).toBe('counter-repeated');
});

test('a right PIN gives the tries back that wrong ones had cost', () => {
  const before = account({ pin: { ...pin, triesLeft: 1 } });
  const { account: after, reason } = authorize(
    issuer,
    before,
    makeRequest({ request: { pinBlock: pinBlock('1234') } }),
  );
  expect([reason, after!.pin]).toEqual(['approved', { digits: '1234', triesLeft: 3 }]);
  expect(authorize(issuer, before, makeRequest()).account!.pin!.triesLeft).toBe(1);
});

test('a PIN block of format 4 is read too, and without a zone key none is', () => {
  const block = encipherPinBlock({ key: ZONE_PIN_KEY, pin: '1234', pan: PAN, random: new Uint8Array(8) });
  const request = makeRequest({ request: { pinBlock: block } });
  expect(authorize(issuer, account({ pin }), request).reason).toBe('approved');
  const keyless = createIssuer({ keySets: [keySet('3des')] });
  expect(authorize(keyless, account({ pin }), request).reason).toBe('pin-wrong');
});

test('what the card tells and is not declined for is noted', () => {
  const { decision, notes } = authorize(issuer, account(), makeRequest({ results: 'A2580A' }));
  expect(decision).toBe('approved');
  expect(notes).toContain('offlinePinFailed');
  expect(notes).toContain('pinTriesExceeded');
});

test('keys are those of the longest identifier and of the index that 9F10 names', () => {
  const other = new Uint8Array(16).fill(0x77);
  const wrongKeys = { applicationCryptogram: other, messageAuthentication: other, encipherment: other };
  const sets = [
    keySet('3des', { issuerIdentifier: '62', masterKeys: wrongKeys }),
    keySet('3des', { keyDerivationIndex: 2, masterKeys: wrongKeys }),
    keySet('sm4', { masterKeys: wrongKeys }),
    keySet('3des', { keyDerivationIndex: 1 }),
    keySet('3des', { masterKeys: wrongKeys }),
  ];
  expect(authorize(createIssuer({ keySets: sets }), account(), makeRequest()).reason).toBe('approved');
  const strict = createIssuer({ keySets: sets, policy: { counterGapMaximum: 0 } });
  expect(authorize(strict, account(), makeRequest()).reason).toBe('counter-jumped');
});
