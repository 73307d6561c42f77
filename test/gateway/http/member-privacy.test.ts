import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { openDatabase } from '../../../src/gateway/storage/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';
import { openGateway } from './gateway-under-test.js';

const person = {
  identityType: 'resident-identity-card',
  identityNumber: '33020319800101001X',
  mobile: '13912345678',
  address: '浙江省宁波市江东区解放南路168号',
};
const member = {
  member: '330200001',
  name: '张三丰',
  unit: '宁波港第三工会',
  ...person,
  certifications: [{ year: 2016, at: '2016-02-01T10:00:00+08:00', by: 'self' }],
  cards: [{ pan: '6228000100000000017', generation: 'pboc3' }],
};
const masked = { identityNumber: '3302**********001X', mobile: '139****5678', address: '浙江省宁波市江东区***' };
const reason = { reason: 'asked for at the counter' };

eachEngine('what is known of a person', (engine) => {
  it('is masked, revealed for a reason, exported whole, and erased for good', async () => {
    const location = await engine.newLocation();
    const { call, log, dataFolder } = await openGateway({ location });
    const place = `/v1/members/${member.member}`;
    expect((await call('POST', '/v1/members', { body: member })).status).toBe(201);

    expect((await call('GET', place)).body).toMatchObject(masked);
    expect((await call('GET', '/v1/members')).body.members).toMatchObject([masked]);
    const revealed = await call('POST', `${place}/reveal`, { body: reason });
    expect(revealed.body).toEqual({ member: member.member, ...person });
    const told = await call('POST', `${place}/reveal`, { body: { reason: `call 139 1234 5678` } });
    expect(told).toMatchObject({ status: 400, body: { code: 'reason-holds-number' } });
    expect((await call('POST', '/v1/members/nobody/reveal', { body: reason })).status).toBe(404);
    const clerk = { name: 'clerk', role: 'administrator', scopes: ['members:read'] };
    const { secret: key } = (await call('POST', '/v1/api-keys', { body: clerk })).body;
    const refused = await call('POST', `${place}/reveal`, { key, body: reason });
    expect(refused).toMatchObject({ status: 403, body: { scope: 'members:reveal' } });
    const { records } = (await call('GET', '/v1/audit?limit=1000')).body;
    expect(records).toContainEqual(
      expect.objectContaining({ operation: 'revealMember', phase: 'read', status: 200, detail: reason }),
    );

    const tap = await cardInPocket('service-card-51').tapAt('bus-validator', { at: '2015-10-03T10:00:00+08:00' });
    const { receipt } = (await call('POST', '/v1/taps', { body: tap })).body;
    const exported = (await call('GET', `${place}/export`)).body;
    const { steps } = receipt.journey;
    expect(steps.length).toBeGreaterThan(1);
    expect(exported.kept).toMatchObject({ taps: [{ receipt }], journeys: [{ steps }], charges: [{ steps }] });
    expect(exported.kept).toMatchObject({
      person: [{ name: member.name, privateData: person }],
      certifications: [{ year: 2016, by: 'self' }],
      cards: [{ cardMask: '622800*********0017' }],
    });

    const erase = () => call('POST', `${place}/erasure`, { body: reason });
    expect(await erase()).toMatchObject({ status: 409, body: { code: 'member-not-left' } });
    const left = { change: 'left', from: '2015-10-01T00:00:00+08:00', reason: 'moved away' };
    await call('POST', `${place}/memberships`, { body: left });
    const database = await openDatabase(location);
    const [card] = await database.kysely.selectFrom('cards').selectAll().execute();
    await database.kysely.insertInto('card_accounts').values({ card_token: card!.card_token, due_fen: 200 }).execute();
    expect(await erase()).toMatchObject({ status: 409, body: { code: 'member-in-debt' } });
    await database.kysely.updateTable('card_accounts').set({ due_fen: 0 }).execute();
    const { status, body: answer } = await erase();
    expect(status).toBe(200);
    expect(answer.sections).toEqual(
      expect.arrayContaining([
        { section: 'person', rows: 1, done: 'cleared' },
        expect.objectContaining({ section: 'certifications', rows: 1, done: 'kept' }),
      ]),
    );
    expect((await erase()).body.erasedAt).toBe(answer.erasedAt);
    const after = await call('GET', place);
    expect(after.body).toMatchObject({ member: member.member, name: 'erased', certifications: [{ year: 2016 }] });
    expect(await call('POST', '/v1/members', { body: member })).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'member-erased' }] },
    });

    const rows: unknown[] = [];
    for (const { name } of await database.kysely.introspection.getTables()) {
      rows.push((await sql`select * from ${sql.table(name)}`.execute(database.kysely)).rows);
    }
    await database.close();
    const files = engine.kind === 'libsql' ? readdirSync(dataFolder) : [];
    const kept = [JSON.stringify(rows), log(), ...files.map((file) => readFileSync(join(dataFolder, file)))];
    // The unit is told in the address of nothing, the reason why the member left only in what was cleared.
    for (const secret of [...Object.values(person).slice(1), member.name, member.unit, left.reason]) {
      for (const content of kept) expect(content.includes(secret), secret).toBe(false);
    }
    expect(kept[0]).toContain(member.member);
  });
});
