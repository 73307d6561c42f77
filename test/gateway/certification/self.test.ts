import { expect, it } from 'vitest';
import { eachEngine } from '../storage/each-engine.js';
import { CARD, confirmed, IDENTITY, identityNumber, MOBILE, openTown, zhang } from './town.js';

const byCard = { identityNumber: IDENTITY, card: CARD };
const byMobile = { identityNumber: IDENTITY, mobile: MOBILE };
const nobody = { identityNumber: identityNumber(8), mobile: '13900574999' };

eachEngine('a member who certifies themself', (engine) => {
  it('shows a code that went to the mobile of the register, and is certified from then on, with what was corrected', async () => {
    const location = await engine.newLocation();
    const town = await openTown({ location });
    await town.call('POST', '/v1/members', { body: zhang });
    expect(await town.ask(byCard)).toMatchObject({ status: 202, body: { validSeconds: 300 } });
    const code = await town.code(1);
    expect((await town.codes())[0]).toMatchObject({ member: zhang.member, to: MOBILE });
    town.pass(30);
    const wish = { ...byCard, code, confirmed: { ...confirmed, mobile: '13900574002', unit: '鄞州中学' } };
    const done = await town.certify(wish);
    expect(done).toMatchObject({ status: 200, body: { result: 'certified', changed: ['unit', 'mobile'] } });
    const { body: status } = await town.call('GET', `/v1/members/${zhang.member}/page`);
    expect(status).toMatchObject({ entitled: true, reason: 'certified', holdsUntil: '2017-01-01T03:00:00+08:00' });
    expect((await town.call('GET', `/v1/members/${zhang.member}`)).body).toMatchObject({
      mobile: expect.stringMatching(/002$/),
      unit: '鄞州中学',
      certifications: [{ year: 2016, at: '2016-03-01T09:00:30.000+08:00', by: 'self' }],
    });
    // A code is good once, whatever is said with it.
    expect(await town.certify(wish)).toMatchObject({ status: 403, body: { code: 'code-not-accepted' } });
    const { confirmations } = (await town.call('GET', `/v1/members/${zhang.member}/confirmations`)).body;
    expect(confirmations).toMatchObject([
      { by: 'self', actor: 'self', certified: true, before: { unit: '海曙小学', mobile: '139****4001' } },
    ]);
    const { kysely } = await engine.open(location);
    const tables = ['members', 'messages', 'certification_codes', 'certification_confirmations'] as const;
    const kept = await Promise.all(tables.map((table) => kysely.selectFrom(table).selectAll().execute()));
    expect(kept.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
    expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${IDENTITY}|139005740|${code}|解放`));
    const { records } = (await town.call('GET', '/v1/audit?limit=1000')).body;
    expect(records.map((record: { operation: string }) => record.operation)).toContain('certifySelf');
    expect(town.log() + JSON.stringify(records)).not.toMatch(new RegExp(`${IDENTITY}|${CARD}|139005740|${code}|解放`));
  });

  it('is answered the same whoever is named, and nobody learns who is a member', async () => {
    const town = await openTown({ location: await engine.newLocation() });
    await town.call('POST', '/v1/members', { body: zhang });
    const wrongCard = { identityNumber: IDENTITY, card: '6228000200000000023' };
    const answers = [await town.ask(byMobile), await town.ask(nobody), await town.ask(wrongCard)];
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    // Too soon is too soon for everybody, too.
    const again = [await town.ask(byMobile), await town.ask(nobody), await town.ask(wrongCard)];
    expect(again.map(({ status }) => status)).toEqual([429, 429, 429]);
    const code = await town.code(1);
    const wish = { code, confirmed };
    expect(await town.certify({ ...nobody, ...wish })).toMatchObject({
      status: 403,
      body: { code: 'code-not-accepted' },
    });
    expect(await town.certify({ ...wrongCard, ...wish })).toMatchObject({ body: { code: 'code-not-accepted' } });
    expect(await town.certify({ ...byMobile, ...wish })).toMatchObject({ status: 200 });
    expect(await town.codes()).toHaveLength(1);
  });

  it('has five tries and five minutes, and one code at a time whichever way it was asked for', async () => {
    const town = await openTown({ location: await engine.newLocation() });
    await town.call('POST', '/v1/members', { body: zhang });
    await town.ask(byCard);
    const first = await town.code(1);
    const wrong = first === '000000' ? '000001' : '000000';
    const tries = Array.from({ length: 5 }, () => town.certify({ ...byCard, code: wrong, confirmed }));
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect(await town.certify({ ...byCard, code: first, confirmed })).toMatchObject({ status: 403 });
    town.pass(61);
    await town.ask(byCard);
    const second = await town.code(2);
    town.pass(61);
    await town.ask(byMobile);
    const third = await town.code(3);
    expect(await town.certify({ ...byCard, code: second, confirmed })).toMatchObject({ status: 403 });
    town.pass(300);
    expect(await town.certify({ ...byMobile, code: third, confirmed })).toMatchObject({ status: 403 });
    // Five a day, and asking in the other way does not get more.
    for (const [index, claim] of [byCard, byMobile, byCard].entries()) {
      town.pass(61);
      await town.ask(claim);
      // It is answered before a code is sent, and the clock must not move on in between.
      if (index < 2) await town.code(index + 1);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await town.codes()).length).toBe(2);
  });

  it('is certified once by one code shown twice at the same time, beside an officer at the same time', async () => {
    const town = await openTown({ location: await engine.newLocation() });
    await town.call('POST', '/v1/members', { body: zhang });
    await town.ask(byCard);
    const code = await town.code(1);
    const wish = { ...byCard, code, confirmed };
    const members = { members: [{ member: zhang.member }] };
    const [one, other, officer] = await Promise.all([
      town.certify(wish),
      town.certify(wish),
      town.call('POST', '/v1/certifications/officer', { body: members }),
    ]);
    expect([one.status, other.status].sort()).toEqual([200, 403]);
    expect(officer.status).toBe(200);
    const { certifications } = (await town.call('GET', `/v1/members/${zhang.member}`)).body;
    expect(certifications).toHaveLength(1);
  });

  it('is told what is missing without losing a try, and not certified once having left', async () => {
    const town = await openTown({ location: await engine.newLocation() });
    await town.call('POST', '/v1/members', { body: zhang });
    await town.ask(byCard);
    const code = await town.code(1);
    const { mobile: _, ...without } = confirmed;
    expect(await town.certify({ ...byCard, code, confirmed: without })).toMatchObject({ status: 400 });
    expect(await town.certify({ ...byCard, code, confirmed, year: 2015 })).toMatchObject({ status: 409 });
    const left = { change: 'left', from: '2016-03-01T08:00:00+08:00' };
    await town.call('POST', `/v1/members/${zhang.member}/memberships`, { body: left });
    expect(await town.certify({ ...byCard, code, confirmed })).toMatchObject({
      body: { code: 'certification-refused' },
    });
  });

  it('is certified for the year that Shanghai’s calendar shows, before the service day has turned too', async () => {
    const town = await openTown({ location: await engine.newLocation(), start: '2017-01-01T00:30:00+08:00' });
    await town.call('POST', '/v1/members', { body: zhang });
    await town.ask(byCard);
    expect(await town.certify({ ...byCard, code: await town.code(1), confirmed })).toMatchObject({
      body: { year: 2017 },
    });
    const statusAt = async (at: string) =>
      (await town.call('GET', `/v1/members/${zhang.member}/page?at=${encodeURIComponent(at)}`)).body.reason;
    expect(await statusAt('2017-01-01T02:59:59+08:00')).toBe('not-certified');
    expect(await statusAt('2017-01-01T03:00:00+08:00')).toBe('certified');
  });
});

it('keeps a stranger from asking on and on from one address', async () => {
  const town = await openTown();
  const answers: number[] = [];
  for (let serial = 100; serial < 150; serial++) {
    answers.push((await town.ask({ identityNumber: identityNumber(serial), mobile: '13900574999' })).status);
  }
  expect(answers.filter((status) => status === 202).length).toBeLessThanOrEqual(45);
  expect(answers.at(-1)).toBe(429);
});
