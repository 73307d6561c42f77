import { createHash, createPublicKey, verify } from 'node:crypto';
import { expect, it } from 'vitest';
import { canonicalJson } from '../../../src/tap/index.js';
import { openGateway } from '../http/gateway-under-test.js';
import { eachEngine } from '../storage/each-engine.js';

const certified = { certifications: [{ year: 2016, at: '2016-01-05T10:00:00+08:00', by: 'self' }] };
/** As a reader of docs/benefits.md would check it. */
const isSigned = (version: { header: object; publicKey: string; signature: string }) => {
  const x = Buffer.from(version.publicKey, 'base64').toString('base64url');
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
  const signed = Buffer.from(`yongtap benefit list\n${canonicalJson(version.header)}`);
  return verify(null, signed, key, Buffer.from(version.signature, 'base64'));
};
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

eachEngine('lists of who is entitled', ({ newLocation, open }) => {
  let now = new Date('2016-03-01T12:00:00+08:00');

  it('are frozen in versions that say who was added, who was dropped, and why', async () => {
    const location = await newLocation();
    const gateway = await openGateway({ location, now: () => now });
    const { call, url, key } = gateway;
    const path = '/v1/benefit-lists/mutual-aid';
    const make = (body: object = {}) => call('POST', `${path}/versions`, { body });
    const file = async (version: number, format: string) => {
      const headers = { authorization: `Bearer ${key}` };
      const answer = await fetch(`${url}${path}/versions/${version}/file?format=${format}`, { headers });
      return { text: await answer.text(), digest: answer.headers.get('digest') };
    };
    const changes = async (version: number) =>
      (await call('GET', `${path}/versions/${version}/changes`)).body.changes.map(
        ({ member, change, reason }: Record<string, string>) => `${member} ${change}: ${reason}`,
      );
    const people = [
      { member: 'a1', name: '张三', ...certified },
      { member: 'a2', name: '李四' },
      { member: 'a3', name: '王五', ...certified, left: '2016-04-01T00:00:00+08:00' },
    ];
    await call('POST', '/v1/members/import', { body: people });
    const first = (await make()).body;
    expect(first).toMatchObject({ version: 1, day: '2016-03-01', state: 'published', read: 3 });
    expect(first.header).toMatchObject({ entries: 2, added: 2, dropped: 0, previousSha256: '' });
    expect(isSigned(first)).toBe(true);
    expect(isSigned({ ...first, header: { ...first.header, entries: 3 } })).toBe(false);
    expect(await changes(1)).toEqual(['a1 added: certified', 'a3 added: certified']);
    const csv = await file(1, 'csv');
    expect(csv.text).toBe('member,unit,reason,since\na1,,certified,2016-03-01\na3,,certified,2016-03-01\n');
    const json = await file(1, 'json');
    expect([sha256(csv.text), sha256(json.text)]).toEqual([first.header.csvSha256, first.header.jsonSha256]);
    // Who takes the file is known before a line of it is told.
    const { records } = (await call('GET', '/v1/audit?operation=readBenefitListFile')).body;
    expect(records.filter(({ phase }: { phase: string }) => phase === 'begun')).toHaveLength(2);

    now = new Date('2016-04-02T12:00:00+08:00');
    const certification = { member: 'a2', year: 2016, at: '2016-04-02T10:00:00+08:00', by: 'officer' };
    await call('POST', '/v1/certifications', { body: certification });
    const withdrawal = { member: 'a1', year: 2016, at: '2016-04-02T11:00:00+08:00' };
    await call('POST', '/v1/certifications/withdrawals', { body: withdrawal });
    const second = (await make()).body;
    expect(second.header).toMatchObject({ version: 2, entries: 1, added: 1, dropped: 2 });
    expect(await changes(2)).toEqual([
      'a1 dropped: certification-withdrawn',
      'a2 added: certified',
      'a3 dropped: member-left',
    ]);
    expect((await file(2, 'csv')).text).toBe('member,unit,reason,since\na2,,certified,2016-04-02\n');
    // What was published stays, byte by byte, and the database itself refuses to change it.
    expect(await file(1, 'csv')).toEqual(csv);
    const { kysely } = await open(location);
    await expect(kysely.deleteFrom('benefit_list_changes').where('version', '=', 1).execute()).rejects.toThrow();
    await expect(kysely.updateTable('benefit_list_versions').set({ day: '2016-01-01' }).execute()).rejects.toThrow();
    const third = (await make()).body;
    expect(third.header).toMatchObject({ version: 3, entries: 1, added: 0, dropped: 0, changed: 0 });
    expect(third.header.csvSha256).toBe(second.header.csvSha256);
    expect((await call('GET', `${path}/members/a1`)).body).toMatchObject({
      listed: false,
      changes: [
        { version: 1, change: 'added' },
        { version: 2, change: 'dropped', reason: 'certification-withdrawn' },
      ],
    });
    const newest = await call('GET', `${path}/versions?limit=2`);
    expect(newest.body.versions.map(({ version }: { version: number }) => version)).toEqual([3, 2]);
    expect((await call('GET', `${path}/versions?after=${newest.body.next}`)).body.versions).toHaveLength(1);
  });

  it('ask for sex, age and what is recorded, and take over what a maker that died has left', async () => {
    now = new Date('2016-03-01T12:00:00+08:00');
    const location = await newLocation();
    const { call } = await openGateway({ location, now: () => now });
    const woman = (member: string, identityNumber?: string) => ({
      ...{ member, name: '陈敏', sex: 'female', ...certified },
      ...(identityNumber && { identityType: 'resident-identity-card', identityNumber }),
    });
    const people = [
      woman('w1', '330203198001011222'),
      woman('w2', '330203195503021229'),
      woman('w3', '330203195503011223'),
      woman('w4'),
      { member: 'w5', name: '张三', sex: 'male', ...certified },
    ];
    const imported = await call('POST', '/v1/members/import', { body: people });
    expect(imported.status, JSON.stringify(imported.body)).toBe(200);
    const { kysely } = await open(location);
    const left = { list: 'womens-health', version: 1, day: '2016-02-01', by: 'x', read: 0, holder: 'dead' };
    const times = { held_until_ms: now.getTime() + 1000, started_at_ms: 0, published_at_ms: null };
    await kysely
      .insertInto('benefit_list_versions')
      .values({ ...left, ...times, header: null, public_key: null, signature: null })
      .execute();
    const stray = { list: 'womens-health', member: 'w5', version: 1, change: 'added', reason: 'x', unit: '' } as const;
    await kysely
      .insertInto('benefit_list_changes')
      .values({ ...stray, since: '2016-02-01' })
      .execute();
    const busy = await call('POST', '/v1/benefit-lists/womens-health/versions', { body: {} });
    expect(busy).toMatchObject({ status: 409, body: { code: 'list-being-made' } });
    now = new Date(now.getTime() + 2000);
    const path = '/v1/benefit-lists/womens-health/versions';
    // 60 years and a day when the list is made are 60 years; who is 61 in the night before is not on it.
    expect((await call('POST', path, { body: {} })).body.header).toMatchObject({ version: 1, entries: 2 });
    const listed = (await call('GET', `${path}/1/changes`)).body.changes.map(
      ({ member }: { member: string }) => member,
    );
    expect(listed).toEqual(['w1', 'w2']);

    const hardship = { attribute: 'hardship', value: 'yes', from: '2016-02-01T00:00:00+08:00', reason: 'visited' };
    expect((await call('POST', '/v1/loans/attributes/w4', { body: hardship })).status).toBe(201);
    expect((await call('POST', '/v1/loans/attributes/w4', { body: hardship })).status).toBe(200);
    expect((await call('POST', '/v1/loans/attributes/w9', { body: hardship })).status).toBe(404);
    const visits = await call('POST', '/v1/benefit-lists/hardship-visits/versions', { body: {} });
    expect(visits.body.header).toMatchObject({ entries: 1 });
    expect((await call('POST', '/v1/benefit-lists/none/versions', { body: {} })).status).toBe(404);
  });
});
