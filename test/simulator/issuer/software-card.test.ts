import { expect, test } from 'vitest';
import { buildDataObjectList, decode, flatten, getProcessingOptions, select } from '../../../emv/index.js';
import { authorize, createIssuer, openAccount } from '../../../simulator/index.js';
import { APPLICATION, BUS, open, pki, send, terminalData } from '../card-in-hand.js';

const SHOP = { ...BUS, '9F66': '26000080', '9F02': '000000020001' };

/** Keys of the test PKI's issuer, as the cards of the profiles have them. */
const { issuerIdentifier, masterKeys } = pki.issuer('bank-of-china');
const issuer = createIssuer({
  keySets: [{ issuerIdentifier, algorithm: '3des', masterKeys }],
});

function askOnline(): ReadonlyMap<string, Uint8Array> {
  const card = open('service-card-51');
  const fci = send(card, select(APPLICATION)).data;
  const pdol = flatten(decode(fci)).get('9F38')!;
  const terminal = terminalData(SHOP);
  const answer = send(card, getProcessingOptions(buildDataObjectList(pdol, terminal)));
  return new Map([...terminal, ...flatten(decode(answer.data))]);
}

test('the issuer believes a software card that asks to go online, and nobody who changes what it said', () => {
  const data = askOnline();
  const account = openAccount({ pan: '6228000100000000017', panSequenceNumber: '01', availableFen: 50_000 });
  const { decision, reason, answer, account: after } = authorize(issuer, account, { data, date: '2016-01-04' });
  expect(reason).toBe('approved');
  expect(decision).toBe('approved');
  expect(answer.issuerAuthenticationData).toHaveLength(10);
  expect(after).toMatchObject({ availableFen: 50_000 - 20_001, transactionCounter: 1 });
  const changed = new Map([...data, ['9F02', new Uint8Array(6)]]);
  expect(authorize(issuer, account, { data: changed, date: '2016-01-04' }).reason).toBe('cryptogram-wrong');
  expect(authorize(issuer, account, { data, date: '2016-01-04', kind: 'load' }), 'a tap takes no script').toMatchObject(
    {
      reason: 'scripts-not-taken',
      answer: { authorizationResponseCode: '12', scripts: [] },
      account: { availableFen: 50_000 },
    },
  );
});
