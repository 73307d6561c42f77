import { expect, test } from 'vitest';
import { toHex } from '../../../emv/index.js';
import { issueCard, loadProfile, openCard } from '../../../simulator/index.js';
import { BUS, pki, random, tap } from '../card-in-hand.js';

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
