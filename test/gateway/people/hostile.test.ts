import { beforeAll, expect, it, vi } from 'vitest';
import type { DatabaseLocation } from '../../../src/gateway/storage/index.js';
import { type GatewayUnderTest, openGateway } from '../http/gateway-under-test.js';
import { eachEngine } from '../storage/each-engine.js';
import { asHolder, codeAt, newPerson, PASSWORD, type PersonUnderTest, tokenIn } from './person-under-test.js';

/** Each piece of work that a password was, by the parameters; the work itself is done as ever. */
const derived = vi.hoisted((): object[] => []);
/** What happens before a piece of work, by its number among those to come. */
const meanwhile = vi.hoisted(() => new Map<number, () => Promise<void>>());
vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>();
  const scrypt = (...[password, salt, length, options, done]: Parameters<typeof crypto.scrypt>) => {
    derived.push({ length, ...options });
    const first = meanwhile.get(derived.length);
    meanwhile.delete(derived.length);
    if (first) void first().then(() => crypto.scrypt(password, salt, length, options, done));
    else crypto.scrypt(password, salt, length, options, done);
  };
  return { ...crypto, scrypt };
});

eachEngine('somebody who should not come in', (engine) => {
  let now = new Date('2026-03-02T09:00:00+08:00');
  const later = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
  };
  let location: DatabaseLocation;
  let gateway: GatewayUnderTest;
  let officer: PersonUnderTest;

  const logIn = (name: string, more: object = {}, headers: Readonly<Record<string, string>> = {}) =>
    gateway.call('POST', '/v1/sessions', { key: undefined, body: { name, password: PASSWORD, ...more }, headers });

  beforeAll(async () => {
    location = await engine.newLocation();
    gateway = await openGateway({ location, now: () => now });
    officer = await newPerson(gateway, { name: 'Wang.Fang', roles: ['city-officer'] }, () => now);
  });

  it('gets no session that was chosen before, and none that the log-in did not make', async () => {
    later(60);
    const planted = `yongtap-session=yts_${'A'.repeat(43)}`;
    const entered = await logIn('wang.fang', { code: codeAt(officer.secret!, now) }, { cookie: planted });
    expect(entered.status).toBe(201);
    expect(tokenIn(entered)).not.toBe(planted);
    expect(entered.headers.get('set-cookie')).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await asHolder(gateway, planted, entered.body.csrfToken)('GET', '/v1/me')).body.code).toBe('session-over');
    // Two cookies of that name: one of them is somebody else's.
    const both = `${tokenIn(entered)}; ${planted}`;
    expect((await asHolder(gateway, both, entered.body.csrfToken)('GET', '/v1/me')).status).toBe(401);
    // Whoever logs in anew leaves no session behind in the same browser.
    later(60);
    const again = await logIn('wang.fang', { code: codeAt(officer.secret!, now) }, { cookie: tokenIn(entered) });
    expect(again.status).toBe(201);
    expect((await asHolder(gateway, tokenIn(entered), '')('GET', '/v1/me')).status).toBe(401);
  });

  it('changes nothing with a cookie that a browser sends along', async () => {
    const other = await newPerson(gateway, { name: 'other', roles: ['auditor'] }, () => now);
    const body = { name: 'made-by-others', roles: ['auditor'] };
    const tries = [
      [{ 'x-csrf-token': '' }, 'csrf-token-wrong'],
      [{ 'x-csrf-token': other.csrfToken }, 'csrf-token-wrong'],
      [{ origin: 'https://evil.example' }, 'origin-mismatch'],
      [{ origin: 'null' }, 'origin-mismatch'],
      [{ 'sec-fetch-site': 'same-site' }, 'origin-mismatch'],
      [{ 'sec-fetch-site': 'cross-site' }, 'origin-mismatch'],
    ] as const;
    for (const [headers, code] of tries) {
      expect((await officer.call('POST', '/v1/accounts', { body, headers })).body.code, code).toBe(code);
      const end = await officer.call('DELETE', '/v1/sessions/current', { headers });
      expect(end.body.code).toBe(code);
    }
    // Nobody is logged in to somebody else's account by a page of another site.
    expect((await logIn('other', {}, { origin: 'https://evil.example' })).body.code).toBe('origin-mismatch');
    expect((await officer.call('GET', '/v1/me', { headers: { 'x-csrf-token': '' } })).status).toBe(200);
    // A key that is named goes before the cookie, and needs no token.
    const { cookie } = officer;
    const named = await gateway.call('GET', '/v1/me', { headers: { cookie } });
    expect(named.body.kind).toBe('key');
  });

  it('uses no code twice, nor an earlier one, nor one for recovery of which two log-ins race', async () => {
    later(90);
    const code = codeAt(officer.secret!, now);
    const answers = await Promise.all([logIn('wang.fang', { code }), logIn('wang.fang', { code })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401]);
    expect((await logIn('wang.fang', { code })).body.code).toBe('login-failed');
    const before = codeAt(officer.secret!, new Date(now.getTime() - 30_000));
    expect((await logIn('wang.fang', { code: before })).body.code).toBe('login-failed');
    later(3600);
    const body = { password: PASSWORD, code: codeAt(officer.secret!, now) };
    const fresh = await logIn('wang.fang', { code: body.code });
    const page = asHolder(gateway, tokenIn(fresh), fresh.body.csrfToken);
    expect((await page('POST', '/v1/me/recovery-codes', { body })).body.code).toBe('second-factor-wrong');
    later(60);
    const asked = { password: PASSWORD, code: codeAt(officer.secret!, now) };
    const { recoveryCodes } = (await page('POST', '/v1/me/recovery-codes', { body: asked })).body;
    expect(new Set(recoveryCodes).size).toBe(10);
    const [recovery] = recoveryCodes as [string];
    const race = await Promise.all([
      logIn('wang.fang', { code: recovery }),
      logIn('WANG.FANG', { code: recovery.toLowerCase().replaceAll('-', ' ') }),
    ]);
    expect(race.map(({ status }) => status).sort()).toEqual([201, 401]);
    const after = asHolder(gateway, tokenIn(race.find(({ status }) => status === 201)!), '');
    expect((await after('GET', '/v1/me')).body.recoveryCodesLeft).toBe(9);
  });

  it('does nothing with the cookie of a session that has ended', async () => {
    const auditor = await newPerson(gateway, { name: 'auditor', roles: ['auditor'] }, () => now);
    later(31 * 60);
    expect((await auditor.call('GET', '/v1/me')).body.code).toBe('session-over');
    later(60);
    const code = () => codeAt(auditor.secret!, now);
    const enter = async () => {
      later(60);
      const entered = await logIn('auditor', { code: code() });
      expect(entered.status).toBe(201);
      return asHolder(gateway, tokenIn(entered), entered.body.csrfToken);
    };
    const [one, two] = [await enter(), await enter()];
    expect((await one('GET', '/v1/sessions')).body.sessions).toHaveLength(2);
    expect((await one('DELETE', '/v1/sessions/current')).status).toBe(204);
    expect((await one('GET', '/v1/me')).status).toBe(401);
    // With a new password all of them end, and the one that asked goes on under another token.
    const three = await enter();
    const next = `${PASSWORD}啊`;
    expect((await two('POST', '/v1/me/password', { body: { present: 'wrong', password: next } })).status).toBe(403);
    const changed = await two('POST', '/v1/me/password', { body: { present: PASSWORD, password: next } });
    expect(changed.status).toBe(201);
    expect([(await two('GET', '/v1/me')).status, (await three('GET', '/v1/me')).status]).toEqual([401, 401]);
    const renewed = asHolder(gateway, tokenIn(changed), changed.body.csrfToken);
    expect((await renewed('GET', '/v1/me')).status).toBe(200);
    // With other roles, and where the account is disabled, likewise.
    const path = `/v1/accounts/${auditor.account}`;
    await gateway.call('POST', `${path}/roles`, { body: { roles: ['auditor', 'city-officer'] } });
    expect((await renewed('GET', '/v1/me')).status).toBe(401);
    later(60);
    const last = await logIn('auditor', { password: next, code: code() });
    await gateway.call('POST', `${path}/states`, { body: { state: 'disabled', reason: 'left' } });
    expect((await asHolder(gateway, tokenIn(last), '')('GET', '/v1/me')).status).toBe(401);
    later(60);
    expect((await logIn('auditor', { password: next, code: code() })).body.code).toBe('login-failed');
    const { events } = (await gateway.call('GET', path)).body;
    expect(events.map(({ event }: { event: string }) => event)).toEqual(
      expect.arrayContaining(['made', 'password-set', 'second-factor-set', 'logged-in', 'roles-changed', 'disabled']),
    );
    expect(JSON.stringify(events)).not.toMatch(/yt[is]_/);
  });

  it('keeps nothing by a change of the password that was under way when the account was reset', async () => {
    const victim = await newPerson(gateway, { name: 'victim', roles: ['auditor'] }, () => now);
    const reset = async () => {
      const body = { secondFactor: false };
      expect((await gateway.call('POST', `/v1/accounts/${victim.account}/reset`, { body })).status).toBe(201);
    };
    // The first piece of work is the present password, the second is the next one.
    meanwhile.set(derived.length + 2, reset);
    const body = { present: PASSWORD, password: `${PASSWORD}！` };
    const changed = await victim.call('POST', '/v1/me/password', { body });
    expect(changed).toMatchObject({ status: 401, body: { code: 'session-over' } });
    expect(changed.headers.get('set-cookie')).toBeNull();
    expect((await gateway.call('GET', `/v1/accounts/${victim.account}`)).body.state).toBe('invited');
    expect((await logIn('victim', { password: body.password })).body.code).toBe('login-failed');
  });

  it('guesses a few times only, however the name is written, and learns of no account', async () => {
    await newPerson(gateway, { name: 'chen.jie', roles: ['auditor'], isUnfinished: true }, () => now);
    const forms = ['chen.jie', 'CHEN.JIE', ' Chen.Jie', 'ｃｈｅｎ.jie', 'chen.JIE '];
    const guess = (name: string) => logIn(name, { password: `wrong ${name}` });
    const known = await Promise.all(forms.map(guess));
    const unknown = await Promise.all(forms.map((name) => guess(name.replace(/j/i, 'x'))));
    const bare = ({ body: { instance: _, ...rest }, status }: (typeof known)[number]) => ({ status, ...rest });
    expect(known.map(bare)).toEqual(unknown.map(bare));
    expect(known[0]!.body.code).toBe('login-failed');
    // The sixth waits, whoever it is, and with the right password too.
    const locked = await logIn('Chen.Jie');
    expect(locked).toMatchObject({ status: 429, body: { code: 'login-locked' } });
    expect(Number(locked.headers.get('retry-after'))).toBeLessThanOrEqual(30);
    expect((await guess('chen.xie')).body.code).toBe('login-locked');
    later(31);
    expect((await guess('chen.jie')).body.code).toBe('login-failed');
    later(31);
    expect((await logIn('chen.jie')).body.code).toBe('login-locked');
    later(31);
    expect((await logIn('chen.jie')).status).toBe(201);
    expect((await guess('chen.jie')).body.code).toBe('login-failed');
    expect(gateway.log()).not.toMatch(/chen|wrong/i);
  });

  it('causes the same work whether the account is there, has no password yet, is disabled, or the password is wrong', async () => {
    const invited = await gateway.call('POST', '/v1/accounts', { body: { name: 'new.one', roles: ['auditor'] } });
    expect(invited.status).toBe(201);
    const gone = await newPerson(gateway, { name: 'gone.one', roles: ['auditor'], isUnfinished: true }, () => now);
    const reason = { state: 'disabled', reason: 'left' };
    await gateway.call('POST', `/v1/accounts/${gone.account}/states`, { body: reason });
    await newPerson(gateway, { name: 'old.one', roles: ['auditor'], isUnfinished: true }, () => now);
    const works: unknown[] = [];
    for (const name of ['no.one', 'new.one', 'gone.one', 'old.one']) {
      derived.length = 0;
      const { status, body } = await logIn(name, { password: 'a wrong one, but long' });
      expect([status, body.code]).toEqual([401, 'login-failed']);
      works.push([...derived]);
    }
    expect(works[0]).toHaveLength(1);
    for (const work of works) expect(work).toEqual(works[0]);
  });

  it('is let in, sent away and locked out at every gateway of one database alike', async () => {
    const { dataFolder, key } = gateway;
    const other = await openGateway({ location, dataFolder, key, now: () => now });
    const person = await newPerson(gateway, { name: 'both', roles: ['auditor'] }, () => now);
    const there = asHolder(other, person.cookie, person.csrfToken);
    expect((await there('GET', '/v1/me')).body).toMatchObject({ name: 'both' });
    expect((await there('DELETE', '/v1/sessions/current')).status).toBe(204);
    expect((await person.call('GET', '/v1/me')).body.code).toBe('session-over');
    later(60);
    const enter = ({ call }: GatewayUnderTest, password: string) =>
      call('POST', '/v1/sessions', {
        key: undefined,
        body: { name: 'both', password, code: codeAt(person.secret!, now) },
      });
    for (const at of [gateway, other, gateway, other, other]) {
      expect((await enter(at, 'a wrong one, but long')).body.code).toBe('login-failed');
    }
    for (const at of [gateway, other]) expect((await enter(at, PASSWORD)).body.code).toBe('login-locked');
    later(31);
    expect((await enter(other, PASSWORD)).status).toBe(201);
    await other.close();
  });

  it('gets nowhere with an invitation that was taken up, replaced, or is too old', async () => {
    const { id, invitation: first } = (
      await gateway.call('POST', '/v1/accounts', { body: { name: 'li.na', roles: ['auditor'] } })
    ).body;
    const take = (invitation: string, password = PASSWORD) =>
      gateway.call('POST', '/v1/passwords', { key: undefined, body: { invitation, password } });
    expect((await take(first, '123456789012')).body).toMatchObject({
      code: 'password-refused',
      errors: [{ code: 'password-common' }],
    });
    const { invitation: second } = (await gateway.call('POST', `/v1/accounts/${id}/invitations`)).body;
    expect((await take(first)).body.code).toBe('invitation-unknown');
    later(73 * 3600);
    expect((await take(second)).body.code).toBe('invitation-unknown');
    const { invitation: third } = (await gateway.call('POST', `/v1/accounts/${id}/invitations`)).body;
    const race = await Promise.all([take(third), take(third, `${PASSWORD}二`)]);
    expect(race.map(({ status }) => status).sort()).toEqual([201, 422]);
    expect((await gateway.call('POST', `/v1/accounts/${id}/invitations`)).body.code).toBe('account-active');
    const text = JSON.stringify((await gateway.call('GET', `/v1/accounts/${id}`)).body);
    expect(text).not.toMatch(/scrypt|yti_/);
  });

  it('makes nobody who may do more than themself', async () => {
    later(60);
    const entered = await logIn('wang.fang', { code: codeAt(officer.secret!, now) });
    const page = asHolder(gateway, tokenIn(entered), entered.body.csrfToken);
    const asOfficer = (path: string, body: object) => page('POST', path, { body });
    const made = await asOfficer('/v1/accounts', { name: 'teller', roles: ['bank-teller'], bank: 'boc' });
    expect(made.status).toBe(201);
    const beyond = await asOfficer('/v1/accounts', { name: 'boss', roles: ['administrator'] });
    expect(beyond.body).toMatchObject({ code: 'account-invalid', errors: [{ code: 'roles-beyond' }] });
    const raised = await asOfficer(`/v1/accounts/${made.body.id}/roles`, { roles: ['city-officer'] });
    expect(raised.body.errors).toMatchObject([{ code: 'roles-beyond' }]);
    const boss = await newPerson(gateway, { name: 'boss', roles: ['administrator'] }, () => now);
    for (const account of [boss.account, officer.account]) {
      expect((await asOfficer(`/v1/accounts/${account}/reset`, { secondFactor: true })).status).toBe(404);
    }
    const apart = await gateway.call('POST', '/v1/accounts', {
      body: { name: 'two', roles: ['auditor', 'bank-teller'] },
    });
    expect(apart.body.errors).toMatchObject([{ code: 'roles-apart' }]);
    // A key makes none either, nor takes one over.
    const scopes = ['accounts:read', 'accounts:write', 'account:own'];
    const clerk = { name: 'clerk', role: 'administrator', scopes };
    const { secret: key } = (await gateway.call('POST', '/v1/api-keys', { body: clerk })).body;
    const third = { name: 'third', roles: ['administrator'] };
    expect((await gateway.call('POST', '/v1/accounts', { key, body: third })).body.code).toBe('account-invalid');
    const reset = await gateway.call('POST', `/v1/accounts/${boss.account}/reset`, { key, body: {} });
    expect(reset.status).toBe(404);
    expect((await boss.call('GET', '/v1/api-keys')).status).toBe(200);
    expect((await page('GET', '/v1/api-keys')).body.code).toBe('role-not-allowed');
  });

  it('sees nobody beyond their unit, and nobody of it once it was moved or they were', async () => {
    const { call } = gateway;
    const units = [
      ['ningbo', 'city', undefined],
      ['haishu', 'district', 'ningbo'],
      ['yinzhou', 'district', 'ningbo'],
      ['h-012', 'grass-roots', 'haishu'],
      ['y-001', 'grass-roots', 'yinzhou'],
    ] as const;
    for (const [unit, level, parent] of units) {
      expect((await call('POST', '/v1/units', { body: { unit, name: unit, level, parent } })).status).toBe(201);
    }
    const pan = { '330200011': '6228000100000000017', '330200012': '6228000100000000025' };
    for (const [member, unitId] of [
      ['330200011', 'h-012'],
      ['330200012', 'y-001'],
    ] as const) {
      const cards = [{ pan: pan[member], generation: 'pboc3' }];
      expect((await call('POST', '/v1/members', { body: { member, name: '张三', unitId, cards } })).status).toBe(201);
    }
    const tokenOf = async (member: keyof typeof pan) =>
      (await call('POST', '/v1/cards/lookup', { body: { pan: pan[member] } })).body.token as string;
    const [own, others] = [await tokenOf('330200011'), await tokenOf('330200012')];
    const branch = await newPerson(gateway, { name: 'haishu', roles: ['branch-officer'], unit: 'haishu' }, () => now);
    const seen = async ({ call: ask }: PersonUnderTest) => {
      const { members } = (await ask('GET', '/v1/members')).body;
      return members.map(({ member }: { member: string }) => member);
    };
    expect(await seen(branch)).toEqual(['330200011']);
    const statusOf = async ({ call: ask }: PersonUnderTest, path: string) => (await ask('GET', path)).status;
    for (const [path, status] of [
      ['/v1/members/330200011', 200],
      ['/v1/members/330200012', 404],
      ['/v1/members/999', 404],
      ['/v1/members/330200011/status', 200],
      ['/v1/members/330200012/status', 404],
      [`/v1/cards/${own}`, 200],
      [`/v1/cards/${others}`, 404],
      [`/v1/cards/${others}/status`, 404],
      [`/v1/cards/${'0'.repeat(64)}/status`, 404],
    ] as const) {
      expect(await statusOf(branch, path), path).toBe(status);
    }
    expect((await branch.call('GET', '/v1/cards?member=330200012')).body.cards).toEqual([]);
    expect((await branch.call('POST', '/v1/members', { body: { member: '330200012', name: '李四' } })).status).toBe(
      403,
    );

    // What they look after ends where their unit does.
    const invite = (body: object) => branch.call('POST', '/v1/accounts', { body });
    const far = await invite({ name: 'far', roles: ['member'], member: '330200012' });
    const nowhere = await invite({ name: 'far', roles: ['member'], member: '999' });
    expect(far.body.errors).toEqual(nowhere.body.errors);
    expect(far.body.errors).toMatchObject([{ code: 'belonging-unknown' }]);
    expect((await invite({ name: 'far', roles: ['unit-officer'], unit: 'y-001' })).body.code).toBe('account-invalid');
    const near = await invite({ name: 'near', roles: ['unit-officer'], unit: 'h-012' });
    expect(near.status).toBe(201);
    const { accounts } = (await branch.call('GET', '/v1/accounts')).body;
    expect(accounts.map(({ name }: { name: string }) => name)).toEqual(['near']);

    // The member sees themself.
    const member = await newPerson(gateway, { name: '330200012', roles: ['member'], member: '330200012' }, () => now);
    expect(await seen(member)).toEqual(['330200012']);
    expect(await statusOf(member, '/v1/members/330200011')).toBe(404);
    expect((await member.call('GET', '/v1/accounts')).body.code).toBe('scope-missing');

    // The unit goes to another district: nothing of it is seen from here any more, with the session that there is.
    const move = { parent: 'yinzhou', reason: 'merged' };
    expect((await call('POST', '/v1/units/h-012/moves', { body: move })).status).toBe(201);
    expect(await seen(branch)).toEqual([]);
    expect(await statusOf(branch, '/v1/members/330200011')).toBe(404);
    expect(await statusOf(branch, `/v1/accounts/${near.body.id}`)).toBe(404);
    // The officer goes to another district.
    const roles = { roles: ['branch-officer'], unit: 'yinzhou' };
    expect((await call('POST', `/v1/accounts/${branch.account}/roles`, { body: roles })).status).toBe(200);
    expect(await statusOf(branch, '/v1/members')).toBe(401);

    // Who looked at whom is written down, and so is who tried.
    const { records } = (await call('GET', `/v1/audit?limit=1000&actor=account:${branch.account}&operation=readMember`))
      .body;
    const told = records.map(({ phase, parameters, status }: Record<string, unknown>) => ({
      phase,
      parameters,
      status,
    }));
    expect(told).toEqual([
      { phase: 'read', parameters: { member: '330200011' }, status: 200 },
      { phase: 'read', parameters: { member: '330200012' }, status: 404 },
      { phase: 'read', parameters: { member: '999' }, status: 404 },
      { phase: 'read', parameters: { member: '330200011' }, status: 404 },
    ]);
  });

  it('does nothing before a second factor is set up that a role needs', async () => {
    const half = await newPerson(gateway, { name: 'half', roles: ['administrator'], isUnfinished: true }, () => now);
    for (const path of ['/v1/members', '/v1/accounts', '/v1/api-keys', '/v1/taps/x']) {
      expect((await half.call('GET', path)).body.code, path).toBe('second-factor-setup-needed');
    }
    const setup = { body: { password: 'wrong wrong wrong' } };
    expect((await half.call('POST', '/v1/me/second-factor', setup)).body.code).toBe('password-wrong');
    const metrics = (await gateway.call('GET', '/metrics', { key: undefined })).body as string;
    expect(metrics).toMatch(/yongtap_log_ins_total\{outcome="failed"\} \d/);
    expect(metrics).toMatch(/yongtap_log_ins_total\{outcome="locked"\} \d/);
  });
});
