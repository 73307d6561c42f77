import { beforeAll, expect, it } from 'vitest';
import type { DatabaseLocation } from '../../../src/gateway/storage/index.js';
import { cellsOf, HEADINGS, someone } from '../collection/people.js';
import { openGateway, type Reply } from '../http/gateway-under-test.js';
import { eachEngine } from '../storage/each-engine.js';
import { newPerson, type PersonUnderTest } from './person-under-test.js';

const UNITS = `unit,name,level,parent
ningbo,宁波市总工会,city,
haishu,海曙区总工会,district,ningbo
jiangbei,江北区总工会,district,ningbo
h-1,鼓楼小学工会,grass-roots,haishu
h-2,月湖公园工会,grass-roots,haishu
j-1,老外滩工会,grass-roots,jiangbei
j-2,慈城工会,grass-roots,jiangbei
`;

const NOW = new Date('2016-03-02T09:00:00+08:00');
const now = () => NOW;
const certified = { certifications: [{ year: 2016, at: '2016-01-05T10:00:00+08:00', by: 'self' }] };
/** One of each unit, whose number says which, and `x-1`, who is in none. */
const MEMBERS = ['h-1', 'h-2', 'j-1', 'j-2', 'x-1'].map((unit, index) => ({
  member: `m-${unit}`,
  name: '张三',
  mobile: `1390057400${index}`,
  ...(unit !== 'x-1' && { unitId: unit }),
  ...certified,
}));
/** Who is not certified, in two of the units. */
const DUE = ['h-1', 'h-2', 'j-1'].map((unit, index) => ({
  member: `d-${unit}`,
  name: '李四',
  mobile: `1380057400${index}`,
  unitId: unit,
}));

const OFFER = {
  offer: 'phones',
  kind: 'goods',
  name: 'Phones at half price',
  items: [{ item: 'phone', name: 'phone', quota: 20 }],
  opens: '2016-03-01T09:00:00+08:00',
  sponsor: 'ningbo-union',
  valueFen: 199_900,
  priceFen: 99_900,
};

const CONTRIBUTION = { class: 'A', from: '2016-01-01T00:00:00+08:00', reason: 'letter of the lender' };
const ATTRIBUTE = { attribute: 'residence', value: 'ningbo', from: '2010-05-01T00:00:00+08:00', reason: 'seen' };
const LOAN = { kind: 'credit', amountFen: 5_000_000, months: 3 };
const csv = (index: number): string => [HEADINGS, cellsOf(someone(index))].map((row) => row.join(',')).join('\n');

type Who = 'unit' | 'branch' | 'city' | 'member' | 'teller';
const EVERYBODY: readonly Who[] = ['unit', 'branch', 'city', 'member', 'teller'];

/** What each gets who asks for something of h-1, h-2, j-1 and of what is not there, in the order of EVERYBODY. */
const OFFICERS = ['200 404 404 404', '200 200 404 404', '200 200 200 404'];
const NOT_THEIRS = '403 403 403 403';
const SELF = '200 404 404 404';
/** By the path; `*` stands for the unit. */
const READS: Readonly<Record<string, readonly string[]>> = {
  '/v1/units/*': [...OFFICERS, NOT_THEIRS, NOT_THEIRS],
  '/v1/units?below=*': [...OFFICERS, NOT_THEIRS, NOT_THEIRS],
  '/v1/member-lists?unit=*': [...OFFICERS, NOT_THEIRS, NOT_THEIRS],
  '/v1/members/m-*': [...OFFICERS, SELF, NOT_THEIRS],
  '/v1/members/m-*/page': [...OFFICERS, SELF, NOT_THEIRS],
  '/v1/members/m-*/confirmations': [...OFFICERS, SELF, NOT_THEIRS],
  '/v1/loans/attributes/m-*': [...OFFICERS, SELF, NOT_THEIRS],
  '/v1/loans/contributions/*': [...OFFICERS, SELF, NOT_THEIRS],
  '/v1/offers/phones/claims/m-*': [...OFFICERS, SELF, NOT_THEIRS],
  '/v1/benefit-lists/mutual-aid/members/m-*': [...OFFICERS, SELF, NOT_THEIRS],
  '/v1/messages?template=certification-code&after=1.msg_00000000000000000000000000000000': EVERYBODY.map(
    () => NOT_THEIRS,
  ),
};

/** What lists show each of members or units, in the order of EVERYBODY. */
const SHOWN: readonly {
  readonly path: string;
  readonly field: string;
  readonly name: string;
  readonly seen: readonly (readonly string[] | 403)[];
}[] = [
  {
    path: '/v1/units',
    field: 'units',
    name: 'unit',
    seen: [['h-1'], ['h-1', 'h-2', 'haishu'], ['h-1', 'h-2', 'haishu', 'j-1', 'j-2', 'jiangbei', 'ningbo'], 403, 403],
  },
  {
    path: '/v1/members',
    field: 'members',
    name: 'member',
    seen: [
      ['d-h-1', 'm-h-1'],
      ['d-h-1', 'd-h-2', 'm-h-1', 'm-h-2'],
      [...DUE, ...MEMBERS].map(({ member }) => member),
      ['m-h-1'],
      403,
    ],
  },
  {
    path: '/v1/certifications/due',
    field: 'members',
    name: 'member',
    seen: [['d-h-1'], ['d-h-1', 'd-h-2'], ['d-h-1', 'd-h-2', 'd-j-1'], 403, 403],
  },
  {
    path: '/v1/certifications/progress',
    field: 'units',
    name: 'unit',
    seen: [['h-1'], ['h-1', 'h-2', 'haishu'], ['h-1', 'h-2', 'haishu', 'j-1', 'j-2', 'jiangbei', 'ningbo'], 403, 403],
  },
  {
    path: '/v1/offers/phones/claims',
    field: 'claims',
    name: 'member',
    seen: [['m-h-1'], ['m-h-1', 'm-h-2'], ['m-h-1', 'm-h-2', 'm-j-1'], ['m-h-1'], 403],
  },
  {
    path: '/v1/benefit-lists/mutual-aid/versions/1/changes',
    field: 'changes',
    name: 'member',
    seen: [['m-h-1'], ['m-h-1', 'm-h-2'], MEMBERS.map(({ member }) => member), ['m-h-1'], 403],
  },
  {
    path: '/v1/member-lists',
    field: 'lists',
    name: 'unit',
    seen: [['h-1'], ['h-1', 'h-2'], ['h-1', 'h-2', 'j-1'], 403, 403],
  },
];

async function openTown(location: DatabaseLocation) {
  const gateway = await openGateway({ location, now, limits: { failureRate: 0, requestRate: 0 } });
  const { call } = gateway;
  const must = async (status: number, reply: Promise<Reply>): Promise<Reply> => {
    const got = await reply;
    expect(got.status, JSON.stringify(got.body)).toBe(status);
    return got;
  };
  await must(201, call('POST', '/v1/units/import', { body: UNITS, type: 'text/csv' }));
  await must(200, call('POST', '/v1/members/import', { body: [...MEMBERS, ...DUE] }));
  await must(201, call('POST', '/v1/offers', { body: OFFER }));
  for (const unit of ['h-1', 'h-2', 'j-1']) {
    await must(201, call('POST', '/v1/offers/phones/claims', { body: { member: `m-${unit}` } }));
  }
  await must(201, call('POST', '/v1/benefit-lists/mutual-aid/versions', { body: {} }));
  const lists: Record<string, string> = {};
  for (const [index, unit] of ['h-1', 'h-2', 'j-1'].entries()) {
    const uploaded = await must(
      201,
      call('POST', `/v1/member-lists?unit=${unit}`, { body: csv(index), type: 'text/csv' }),
    );
    lists[unit] = uploaded.body.list.list;
  }
  const people: Readonly<Record<Who, PersonUnderTest>> = {
    unit: await newPerson(gateway, { name: 'of-h-1', roles: ['unit-officer'], unit: 'h-1' }, now),
    branch: await newPerson(gateway, { name: 'of-haishu', roles: ['branch-officer'], unit: 'haishu' }, now),
    city: await newPerson(gateway, { name: 'of-ningbo', roles: ['city-officer'] }, now),
    member: await newPerson(gateway, { name: 'zhang', roles: ['member'], member: 'm-h-1' }, now),
    teller: await newPerson(gateway, { name: 'teller', roles: ['bank-teller'], bank: 'boc' }, now),
  };
  return { gateway, lists, must, people };
}

eachEngine('officers of unions, members and tellers', ({ newLocation }) => {
  let opening: ReturnType<typeof openTown>;
  beforeAll(async () => {
    opening = openTown(await newLocation());
    await opening;
  });

  it('see what is theirs and below, and beyond it as if it were not there', async () => {
    const { gateway, lists, must, people } = await opening;
    const { unit, branch, city, member } = people;
    const status = async (who: Who, path: string): Promise<number> => (await people[who].call('GET', path)).status;

    for (const [path, wanted] of Object.entries(READS)) {
      const got = await Promise.all(
        EVERYBODY.map(async (who) => {
          const of = ['h-1', 'h-2', 'j-1', 'nowhere'].map((one) => status(who, path.replace('*', one)));
          return (await Promise.all(of)).join(' ');
        }),
      );
      expect([path, ...got]).toEqual([path, ...wanted]);
    }
    for (const rest of ['', '/rows', '/wrong-rows']) {
      const got = await Promise.all(
        EVERYBODY.map(async (who) => {
          const names = [lists['h-1'], lists['h-2'], lists['j-1'], `list-${'0'.repeat(24)}`];
          return (await Promise.all(names.map((list) => status(who, `/v1/member-lists/${list}${rest}`)))).join(' ');
        }),
      );
      expect([rest, ...got]).toEqual([rest, ...OFFICERS, NOT_THEIRS, NOT_THEIRS]);
    }
    for (const { path, field, name, seen } of SHOWN) {
      for (const [index, who] of EVERYBODY.entries()) {
        const { status: answered, body } = await people[who].call('GET', path);
        const got = answered === 200 ? body[field].map((row: Record<string, string>) => row[name]).sort() : answered;
        const wanted = seen[index]!;
        expect([path, who, got]).toEqual([path, who, wanted === 403 ? 403 : [...wanted].sort()]);
      }
    }
    // Whoever is counted is in reach, too; and the whole file of a list is for those who reach all.
    const totals = await Promise.all([unit, branch, city].map((one) => one.call('GET', '/v1/certifications/progress')));
    expect(totals.map(({ body }) => body.total.members)).toEqual([2, 4, 8]);
    const whole = '/v1/benefit-lists/mutual-aid/versions/1/file';
    expect((await Promise.all(EVERYBODY.map((who) => status(who, whole)))).join(' ')).toBe('404 404 200 404 403');

    // The values of a confirmation in clear are for those who may see them in clear, and for the member.
    const revealed = '/v1/members/m-h-1/confirmations?reveal=true';
    expect((await Promise.all(EVERYBODY.map((who) => status(who, revealed)))).join(' ')).toBe('200 200 200 200 403');
    const narrow = { name: 'register', role: 'administrator', scopes: ['members:read'] };
    const { secret } = (await must(201, gateway.call('POST', '/v1/api-keys', { body: narrow }))).body;
    expect((await gateway.call('GET', revealed, { key: secret })).body).toMatchObject({ code: 'scope-missing' });

    // What each may do.
    const quotes = async (who: PersonUnderTest) => {
      const of = ['m-h-1', 'm-h-2', 'm-j-1'].map((one) =>
        who.call('POST', '/v1/loans/quotes', { body: { ...LOAN, member: one } }),
      );
      return (await Promise.all(of)).map((reply) => reply.status).join(' ');
    };
    expect(await Promise.all([unit, branch, city, member].map(quotes))).toEqual([
      '200 404 404',
      '200 200 404',
      '200 200 200',
      '200 404 404',
    ]);
    const record = (who: PersonUnderTest, of: string) =>
      who.call('POST', `/v1/loans/attributes/${of}`, { body: ATTRIBUTE });
    await must(201, record(unit, 'm-h-1'));
    await must(404, record(unit, 'm-h-2'));
    await must(201, record(branch, 'm-h-2'));
    await must(404, record(branch, 'm-j-1'));
    await must(403, record(member, 'm-h-1'));
    const contribute = (who: PersonUnderTest) =>
      who.call('POST', '/v1/loans/contributions', { body: { ...CONTRIBUTION, unit: 'h-1' } });
    await must(404, contribute(unit));
    await must(404, contribute(branch));
    await must(403, contribute(member));
    await must(201, contribute(city));
    const claim = (who: PersonUnderTest, body: object) => who.call('POST', '/v1/offers/phones/claims', { body });
    await must(200, claim(member, {}));
    await must(404, claim(member, { member: 'm-h-2' }));
    await must(403, claim(unit, { member: 'm-h-1' }));
    await must(201, claim(city, { member: 'm-j-2' }));
    const give = (who: PersonUnderTest, of: string, change: string) =>
      who.call('POST', `/v1/offers/phones/claims/${of}/changes`, { body: { change } });
    await must(404, give(member, 'm-h-2', 'cancelled'));
    await must(403, give(member, 'm-h-1', 'collected'));
    await must(200, give(member, 'm-h-1', 'cancelled'));
    await must(200, give(city, 'm-h-2', 'collected'));
  });

  it('take the steps of their roles, and certify their own members only', async () => {
    const { lists, must, people } = await opening;
    const { unit, branch, city, member } = people;
    const upload = (who: PersonUnderTest, of: string) =>
      who.call('POST', `/v1/member-lists?unit=${of}`, { body: csv(7), type: 'text/csv' });
    await must(403, upload(member, 'h-1'));
    for (const name of ['h-2', 'haishu', 'ningbo', 'nowhere']) await must(404, upload(unit, name));
    await must(404, upload(branch, 'j-1'));
    const { list } = (await must(201, upload(unit, 'h-1'))).body.list;
    const step = (who: PersonUnderTest, of: string, name: string, reason?: string) =>
      who.call('POST', `/v1/member-lists/${of}/steps`, { body: { step: name, reason } });
    await must(404, step(unit, lists['h-2']!, 'submit'));
    await must(404, step(branch, lists['j-1']!, 'submit'));
    expect((await unit.call('DELETE', `/v1/member-lists/${lists['h-2']}/rows/2`)).status).toBe(404);
    await must(200, step(unit, list, 'submit'));
    expect((await must(403, step(unit, list, 'accept'))).body.code).toBe('scope-missing');
    expect((await must(200, step(branch, list, 'accept'))).body).toMatchObject({
      state: 'submitted',
      atUnit: 'ningbo',
    });
    expect((await must(409, step(branch, list, 'accept'))).body.code).toBe('list-lies-elsewhere');
    expect((await must(409, step(branch, list, 'return', '缺盖章'))).body.code).toBe('list-lies-elsewhere');
    expect((await must(200, step(city, list, 'accept'))).body).toMatchObject({
      state: 'accepted',
      rows: { recorded: 1 },
    });
    const { events } = (await unit.call('GET', `/v1/member-lists/${list}`)).body;
    expect(events.map(({ by }: { by: string }) => by)).toEqual(
      [unit, unit, branch, city].map(({ account }) => `account:${account.replace(/^account:/, '')}`),
    );

    const place = { unit: '鼓楼小学', sex: 'male', address: '宁波市海曙区解放南路1号' };
    const wishes = ['d-h-1', 'd-h-2', 'd-j-1', 'nobody'].map((one) => ({ member: one, ...place }));
    const certify = (who: PersonUnderTest) =>
      who.call('POST', '/v1/certifications/officer', { body: { members: wishes } });
    await must(403, certify(member));
    const sent = async (who: PersonUnderTest) =>
      (await must(202, who.call('POST', '/v1/certifications/reminders', { body: { period: 'march' } }))).body.sent;
    // With the one whom the list has made a member.
    expect(await sent(unit)).toBe(2);
    expect(await sent(branch)).toBe(1);
    expect(await sent(city)).toBe(1);
    const codes = async (who: PersonUnderTest) =>
      (await must(200, certify(who))).body.rows.map(
        ({ code, result }: { code?: string; result: string }) => code ?? result,
      );
    const unknown = 'member-unknown';
    expect(await codes(unit)).toEqual(['certified', unknown, unknown, unknown]);
    expect(await codes(branch)).toEqual(['unchanged', 'certified', unknown, unknown]);
    expect(await codes(city)).toEqual(['unchanged', 'unchanged', 'certified', unknown]);
  });
});
