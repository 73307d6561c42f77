import type { Town } from '../../../demo/open-town.js';
import { type Asker, askWithKey, logInAs } from '../example-gateway.js';
import { type Chapter, step } from '../example-step.js';
import { type People, PORT_UNIT, UNIT, UNIT_NAME } from '../unit.js';

const UNITS = [
  { unit: 'ningbo', name: '宁波市总工会', level: 'city' },
  { unit: 'jiangdong', name: '江东区总工会', level: 'district', parent: 'ningbo' },
  { unit: UNIT, name: UNIT_NAME, level: 'grass-roots', parent: 'jiangdong' },
  { unit: PORT_UNIT, name: '宁波港第三工会', level: 'grass-roots', parent: 'jiangdong' },
];

/** Everybody logs in: the administrator looks after the city's officer, they after the others, down to the unit's. */
export async function* people({ gateway, now }: Town): Chapter<People> {
  const administrator = askWithKey(gateway.url, gateway.key);
  const enter = (maker: Asker, name: string, role: string, belongs: { unit?: string; bank?: string } = {}) =>
    logInAs(gateway.url, maker, { name, roles: [role], ...belongs }, now);
  const city = await enter(administrator, 'officer.city', 'city-officer');
  const made = await city.ask('POST', '/v1/units/import', UNITS);
  const { body: listed } = await city.ask('GET', '/v1/units');
  yield step(
    'the hierarchy of unions',
    'unions stand below one another: city, district or trade, grass roots',
    `${made.status}, ${listed.units?.map(({ path }: { path: string }) => path).join(' ')}`,
    '201, /ningbo/ /ningbo/jiangdong/ /ningbo/jiangdong/h-012/ /ningbo/jiangdong/h-013/',
  );
  const branch = await enter(city, 'officer.jiangdong', 'branch-officer', { unit: 'jiangdong' });
  const [officer, bankOfChina, ruralCredit] = await Promise.all([
    enter(branch, 'officer.h012', 'unit-officer', { unit: UNIT }),
    enter(city, 'teller.boc', 'bank-teller', { bank: 'bank-of-china' }),
    enter(city, 'teller.rural', 'bank-teller', { bank: 'rural-credit-bank' }),
  ]);
  const tellers = { 'bank-of-china': bankOfChina, 'rural-credit-bank': ruralCredit };
  const entered = [city, branch, officer, ...Object.values(tellers)];
  const told = await Promise.all(entered.map(async (each) => (await each.ask('GET', '/v1/me')).body));
  yield step(
    'officers and tellers log in',
    'officers and tellers log in with a password and a second factor, each with a role',
    told.map(({ roles, secondFactorNeeded }) => `${roles}${secondFactorNeeded ? ' without it' : ''}`).join(', '),
    'city-officer, branch-officer, unit-officer, bank-teller, bank-teller',
  );
  const wish = { name: 'officer.friend', roles: ['branch-officer'], unit: 'jiangdong' };
  const refused = await officer.ask('POST', '/v1/accounts', wish);
  yield step(
    'the unit’s officer wants to make a branch officer',
    'who looks after accounts makes none that may do more than their own',
    `${refused.status} ${refused.body.code}, ${refused.body.errors?.[0]?.code}`,
    '422 account-invalid, roles-beyond',
  );
  return { administrator, city, branch, officer, tellers };
}
