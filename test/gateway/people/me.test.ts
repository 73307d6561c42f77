import { expect, it } from 'vitest';
import { openGateway } from '../http/gateway-under-test.js';
import { eachEngine } from '../storage/each-engine.js';
import { newPerson } from './person-under-test.js';

const now = () => new Date('2016-03-02T09:00:00+08:00');
const zhang = {
  member: 'H012/7',
  name: '张三',
  mobile: '13900574001',
  address: '宁波市海曙区解放南路1号',
  cards: [{ pan: '6228000100000000017', generation: 'pboc3' }],
};

eachEngine('who asks', (engine) => {
  it('is told their own data, masked, and their page, which is a view of personal data; others nothing more', async () => {
    const gateway = await openGateway({ location: await engine.newLocation(), now });
    const { call } = gateway;
    expect((await call('POST', '/v1/members', { body: zhang })).status).toBe(201);
    const views = async () => {
      const { records } = (await call('GET', '/v1/audit?limit=1000')).body;
      return records.filter(({ operation }: { operation: string }) => operation === 'readMe');
    };
    const auditor = await newPerson(gateway, { name: 'auditor', roles: ['auditor'] }, now);
    const { body: other } = await auditor.call('GET', '/v1/me');
    expect([other.self, other.page, (await call('GET', '/v1/me')).body.self]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(await views()).toEqual([]);
    const member = await newPerson(gateway, { name: 'zhang.san', roles: ['member'], member: zhang.member }, now);
    const { body: me } = await member.call('GET', '/v1/me');
    const shown = await member.call('GET', `/v1/members/${encodeURIComponent(zhang.member)}`);
    expect(me).toMatchObject({ member: zhang.member, self: shown.body });
    expect(me.self).toMatchObject({ name: '张三', mobile: '139****4001', cards: [{ mask: '622800*********0017' }] });
    expect(JSON.stringify(me)).not.toMatch(/13900574001|解放南路/);
    const page = await member.call('GET', me.page);
    expect(page).toMatchObject({ status: 200, body: { member: zhang.member, reason: 'not-certified' } });
    expect((await views()).at(-1)).toMatchObject({ actor: `account:${member.account}`, phase: 'read', status: 200 });
  });
});
