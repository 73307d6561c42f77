import { expect, it } from 'vitest';
import { unitPathOf } from '../../../src/gateway/units/index.js';
import { openGateway } from '../http/gateway-under-test.js';
import { eachEngine } from '../storage/each-engine.js';

const FILE = `parent,unit,level,name
ningbo,haishu,district,海曙区总工会
,ningbo,city,宁波市总工会
haishu,h-012,grass-roots,"月湖, 街道工会"
ningbo,transport,trade,宁波市交通运输工会
h-012,h-012-1,grass-roots,月湖幼儿园工会
`;

const MEN = [
  { member: 'M1', name: '王', identityNumber: '330203800101001' },
  { member: 'M2', name: '李', identityType: '护照', identityNumber: 'E 1234567', mobile: '+8613900000001' },
];

eachEngine('the hierarchy of unions', (engine) => {
  it('is imported, told in pages, and moved with all that is below', async () => {
    const { call } = await openGateway({ location: await engine.newLocation() });
    const load = (body: string) => call('POST', '/v1/units/import', { body, type: 'text/csv' });
    expect(await load(FILE)).toMatchObject({ status: 201, body: { recorded: 5, renamed: 0, moved: 0 } });
    expect(await load(FILE)).toMatchObject({ status: 200, body: { recorded: 0, renamed: 0, moved: 0 } });
    const move = (unit: string, parent: string) =>
      call('POST', `/v1/units/${unit}/moves`, { body: { parent, reason: '机构改革' } });
    expect(await move('h-012', 'transport')).toMatchObject({ status: 201, body: { moved: 1 } });
    expect(await move('h-012', 'transport')).toMatchObject({ status: 200 });
    expect(await move('h-012', 'h-012-1')).toMatchObject({ status: 400, body: { code: 'units-invalid' } });
    expect((await move('nobody', 'haishu')).status).toBe(404);
    const paths: string[] = [];
    for (let after = ''; ; ) {
      const { body } = await call('GET', `/v1/units?limit=2${after}`);
      paths.push(...body.units.map(({ path }: { path: string }) => path));
      if (!body.next) break;
      after = `&after=${encodeURIComponent(body.next)}`;
    }
    expect(paths).toEqual([
      '/ningbo/',
      '/ningbo/haishu/',
      '/ningbo/transport/',
      '/ningbo/transport/h-012/',
      '/ningbo/transport/h-012/h-012-1/',
    ]);
    expect((await call('GET', '/v1/units?below=h-012')).body.units).toHaveLength(2);
    expect((await call('GET', '/v1/units?below=nobody')).status).toBe(404);
    const { body } = await call('GET', '/v1/units/h-012');
    expect(body.events).toMatchObject([{ event: 'recorded' }, { event: 'moved', reason: '机构改革' }]);
    const wrong = await load('unit,name,level\n,x,village\n');
    expect(wrong.body.errors).toMatchObject([
      { line: 2, column: 'unit', code: 'missing' },
      { line: 2, column: 'level', code: 'unknown-value' },
    ]);
  });

  it('has members, who are found by one document only', async () => {
    const location = await engine.newLocation();
    const { call } = await openGateway({ location });
    await call('POST', '/v1/units/import', { body: FILE, type: 'text/csv' });
    const member = (body: object) => call('POST', '/v1/members', { body });
    expect((await member({ ...MEN[0], unitId: 'h-012' })).status).toBe(201);
    expect((await member({ ...MEN[1], unitId: 'nowhere' })).body.errors).toMatchObject([{ code: 'unit-unknown' }]);
    expect((await member(MEN[1]!)).status).toBe(201);
    for (const identityNumber of ['33020319800101001x', '３３０２０３ 19800101 001Ｘ']) {
      expect((await member({ member: 'M3', name: '赵', identityNumber })).body.errors).toMatchObject([
        { pointer: '/identityNumber', code: 'identity-of-other-member' },
      ]);
    }
    const other = { member: 'M3', name: '赵', identityType: 'passport', identityNumber: 'e1234567' };
    expect((await member(other)).body.errors).toMatchObject([{ code: 'identity-of-other-member' }]);
    expect((await member({ ...other, identityType: 'taiwan-permit' })).status).toBe(201);
    expect((await member({ ...MEN[1], identityNumber: '330203800101001', identityType: '身份证' })).status).toBe(400);
    expect((await call('GET', '/v1/members/M1')).body).toMatchObject({ unitId: 'h-012' });
    const { kysely } = await engine.open(location);
    expect(await unitPathOf(kysely, 'M1')).toBe('/ningbo/haishu/h-012/');
    expect(await unitPathOf(kysely, 'M2')).toBeUndefined();
    const rows = await kysely.selectFrom('members').select(['identity_token', 'mobile_token']).execute();
    expect(rows.map(({ mobile_token }) => mobile_token !== null)).toEqual([false, true, false]);
  });

  it('fills in what older members are found by, and tells of those who share a document', async () => {
    const location = await engine.newLocation();
    const first = await openGateway({ location });
    await first.call('POST', '/v1/members/import', { body: JSON.stringify(MEN), type: 'application/json' });
    const { kysely } = await engine.open(location);
    const tokens = () =>
      kysely.selectFrom('members').select(['member', 'identity_token', 'mobile_token']).orderBy('member').execute();
    const written = await tokens();
    // As books of an older version are: without tokens, and two members with one document.
    await kysely.updateTable('members').set({ identity_token: null, mobile_token: null }).execute();
    await first.call('POST', '/v1/members', { body: { ...MEN[0], member: 'M9' } });
    await kysely.updateTable('members').set({ identity_token: null }).execute();
    const older = ['M1', 'M2', 'M9'].map((member) => ({ member }));
    await kysely.insertInto('members_without_tokens').values(older).execute();
    await first.close();
    const second = await openGateway({ location, key: first.key, dataFolder: first.dataFolder });
    expect((await tokens()).slice(0, 2)).toEqual(written);
    expect(await kysely.selectFrom('members_without_tokens').selectAll().execute()).toEqual([{ member: 'M9' }]);
    expect(second.log()).toContain('members have an identity document that another one has');
    const again = await second.call('POST', '/v1/members', { body: { ...MEN[0], member: 'M8' } });
    expect(again.body.errors).toMatchObject([{ code: 'identity-of-other-member' }]);
  });
});
