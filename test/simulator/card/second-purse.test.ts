import { expect, test } from 'vitest';
import {
  buildDataObjectList,
  decode,
  encodeNumeric,
  flatten,
  fromHex,
  getProcessingOptions,
  readCappData,
  readRecord,
  select,
  toHex,
} from '../../../emv/index.js';
import { issueCard, loadProfile, openCard } from '../../../simulator/index.js';
import { APPLICATION, BUS, pki, random, recordsOf, send, statusOf, tap, terminalData } from '../card-in-hand.js';

const HONG_KONG = '0344';

/** What a ride in Hong Kong dollars leaves in the purse for them, with these card additional processes (9F68). */
function rideInHongKong(processes: string | undefined): string {
  const profile = loadProfile('service-card-51');
  const [first] = profile.applications;
  const common = { DF71: HONG_KONG, DF77: '000000100000', DF78: '000000002000', DF79: '000000005000' };
  const dataObjects = { ...first!.dataObjects, common };
  const file = issueCard({ ...profile, applications: [{ ...first!, dataObjects }] }, pki);
  const { data } = file.applications[0]!;
  if (processes === undefined) delete data['9F68'];
  else data['9F68'] = processes;
  const card = openCard(file, { random });
  card.powerOn('contactless');
  tap(card, { ...BUS, '5F2A': HONG_KONG });
  return toHex(card.inspect().applications[0]!.dataObjects.find(({ tag }) => tag === 'DF79')!.value);
}

test.each([
  ['the low value check alone', '80100000', '000000004800'],
  ['no 9F68, which is the low value check (JR/T 0025.12-2013 7.9.2)', undefined, '000000004800'],
  ['low value and cumulative', 'C0100000', '000000005000'],
])('qPBOC spends from the second purse, or does not: %s', (_, processes, left) => {
  expect(rideInHongKong(processes)).toBe(left);
});

const METRO = 0x15;
const RECORD = `3150330101${'00'.repeat(49)}`;

/** A ride in Hong Kong dollars with the extension (DF60), the metro's record read first, up to GET PROCESSING OPTIONS. */
function extendedInHongKong(indicator: number, amountFen: number) {
  const profile = loadProfile('small-payment');
  const [first] = profile.applications;
  const application = {
    ...first!,
    secondElectronicCash: {
      currency: HONG_KONG,
      balanceFen: 5000,
      limitFen: 50_000,
      singleTransactionLimitFen: 20_000,
      resetThresholdFen: 0,
    },
    smallPayment: {
      preAuthorization: true,
      responseMac: false,
      offsetLimitFen: 5000,
      files: [{ shortFileIdentifier: METRO, length: 1024, recordsMax: 10, records: [RECORD] }],
    },
  };
  const file = issueCard({ ...profile, applications: [application] }, pki);
  let state = file.state[0]!;
  const card = openCard(file, { random, save: ([next]) => (state = next!) });
  card.powerOn('contactless');
  send(card, select(APPLICATION));
  send(card, readCappData(METRO, fromHex('3150')));
  const said = { ...BUS, '9F02': toHex(encodeNumeric(amountFen, 6)), '5F2A': HONG_KONG, DF60: `0${indicator}` };
  const list = fromHex(file.applications[0]!.data['9F38']!);
  const { data } = send(card, getProcessingOptions(buildDataObjectList(list, terminalData(said))));
  const isApproved = toHex(flatten(decode(data)).get('9F10')!).slice(8, 10) === '90';
  const update = statusOf(card, `84DE00A83A${RECORD}0000000000`);
  for (const { shortFileIdentifier, recordNumber } of recordsOf(flatten(decode(data)).get('94') ?? new Uint8Array(0))) {
    send(card, readRecord(shortFileIdentifier, recordNumber));
  }
  return { isApproved, update, state };
}

/** DF62, DF63 and what is frozen are yuan: JR/T 0025.15-2013 gives the second currency none of them. */
test.each([
  ['a fare that is there', 1, 3000, true, '6988'],
  ['a fare beyond it, which the offset would pay in yuan', 1, 6000, false, '6985'],
  ['a pre-authorization is no transaction of the extension', 2, 3000, true, '6985'],
])('the extension in the second currency: %s', (_, indicator, amountFen, approved, updated) => {
  const { isApproved, update, state } = extendedInHongKong(indicator, amountFen);
  expect([isApproved, update]).toEqual([approved, updated]);
  expect(state).toMatchObject({ balance: 10_000, offsetUsed: 0, preAuthorizations: [] });
});
