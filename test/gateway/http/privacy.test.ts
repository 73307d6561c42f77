import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import { type DatabaseLocation, openDatabase } from '../../../src/gateway/storage/index.js';
import { metroRide, PAN } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { startGatewayProcess } from './gateway-process.js';

const [entry, exit] = await metroRide();
const HOLDER = 'ZHANG SAN';
const OTHER_PAN = '6228000100000000124';
const personal = {
  identityNumber: '33020319800101001X',
  mobile: '13912345678',
  address: '解放南路168号',
};
const OTHER_IDENTITY = '330203198001010028';
const cardOf = (pan: string) => ({ pan, generation: 'pboc3' });
const member = { member: '330200001', name: '张三', ...personal, cards: [cardOf(PAN)] };
const csv = `member,name,identityNumber,mobile,address,card,generation
330200002,李四,${OTHER_IDENTITY},${personal.mobile},${personal.address},${OTHER_PAN},pboc3
`;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A gateway process, and requests of every kind that hand it secrets, wanted and unwanted ones. */
async function useGateway(dataFolder: string, location: DatabaseLocation) {
  const database = 'databaseUrl' in location ? ['--database', location.databaseUrl] : [];
  const gateway = await startGatewayProcess(dataFolder, ['--log-level', 'debug', ...database]);
  const { url, administratorKey: key = '' } = gateway;
  const ask = async (method: string, path: string, body?: unknown, type = 'application/json', secret = key) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${secret}`, 'content-type': type },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  };
  const wish = { name: 'metro', role: 'operator', operator: 'ningbo-metro' };
  const { secret: operator } = JSON.parse((await ask('POST', '/v1/api-keys', wish)).text);
  const asked = {
    member: await ask('POST', '/v1/members', member),
    file: await ask('POST', '/v1/members/import', csv, 'text/csv'),
    'the file of another': await ask('POST', '/v1/members/import', csv.replace('330200002', '3'), 'text/csv'),
    'a file with a wrong line': await ask('POST', '/v1/members/import', csv.replace(/pboc3/, PAN), 'text/csv'),
    'a member with a wrong number': await ask('POST', '/v1/members', { ...member, cards: [cardOf(`${PAN}1`)] }),
    tap: await ask('POST', '/v1/taps', entry, undefined, operator),
    'another content': await ask('POST', '/v1/taps', { ...entry, place: { station: '泽民' } }),
    'a forged tap': await ask('POST', '/v1/taps', { ...exit, amountFen: 5, terminal: 'forger' }),
    'a tap with fields of its own': await ask('POST', '/v1/taps', { ...entry, [PAN]: PAN, place: { stop: { PAN } } }),
    'no JSON': await ask('POST', '/v1/taps', `{"pan":"${PAN}",}`),
    batch: await ask(
      'POST',
      '/v1/taps/batches',
      `${JSON.stringify(exit)}\n{"${PAN}":1}\n${PAN}`,
      'application/x-ndjson',
    ),
    'a number for a tap': await ask('GET', `/v1/taps/${PAN}`),
    'a number for a card': await ask('GET', `/v1/cards/${PAN}`),
    'a number in the question': await ask('GET', `/v1/journeys?card=${PAN}&${PAN}=1`),
    'a number for an address': await ask('GET', `/${PAN}/${personal.identityNumber}`),
    'a number for a key': await ask('GET', '/v1/journeys', undefined, undefined, PAN),
    lookup: await ask('POST', '/v1/cards/lookup', { pan: PAN }),
    list: await ask('GET', '/v1/members'),
    journeys: await ask('GET', '/v1/journeys'),
    exceptions: await ask('GET', '/v1/exceptions'),
    metrics: await ask('GET', '/metrics'),
  };
  return { gateway, ask, keys: [key, operator as string], asked };
}

/** As text, as packed digits, and both as somebody might have written bytes in hex. */
function formsOf(secret: string): Buffer[] {
  const plain = Buffer.from(secret);
  const packed = /^\d+$/.test(secret) ? [Buffer.from(secret.length % 2 ? `${secret}F` : secret, 'hex')] : [];
  return [plain, ...packed].flatMap((bytes) => [
    bytes,
    Buffer.from(bytes.toString('hex')),
    Buffer.from(bytes.toString('hex').toUpperCase()),
  ]);
}

function expectNone(secrets: readonly string[], where: string, content: Buffer): void {
  const found = secrets.filter((secret) => formsOf(secret).some((form) => content.includes(form)));
  expect(found, where).toEqual([]);
}

const filesOf = (folder: string): Buffer[] => readdirSync(folder).map((name) => readFileSync(join(folder, name)));

/** All rows of all tables, as the database itself writes them as text. */
async function dump(location: DatabaseLocation): Promise<Buffer> {
  const { kysely, close } = await openDatabase(location);
  const rows: unknown[] = [];
  for (const { name } of await kysely.introspection.getTables()) {
    rows.push(...(await sql`select ${sql.ref('t')}::text from ${sql.table(name)} as t`.execute(kysely)).rows);
  }
  await close();
  return Buffer.from(JSON.stringify(rows));
}

eachEngine('a gateway process', (engine) => {
  it('writes no number of a card or a person and no key, in no answer, no log and no file', async () => {
    const location = await engine.newLocation();
    folders.push(mkdtempSync(join(tmpdir(), 'yongtap-privacy-')));
    const dataFolder = 'dataFolder' in location ? location.dataFolder : folders.at(-1)!;
    const { gateway, ask, keys, asked } = await useGateway(dataFolder, location);
    expect(Object.values(asked).map(({ status }) => status)).toEqual([
      ...[201, 200, 400, 400, 400],
      ...[201, 409, 422, 400, 400, 200],
      ...[404, 400, 400, 404, 401],
      ...[200, 200, 200, 200, 200],
    ]);
    const secrets = [PAN, OTHER_PAN, HOLDER, ...Object.values(personal), OTHER_IDENTITY, ...keys];
    for (const [what, { text }] of Object.entries(asked))
      expectNone(secrets, `the answer to ${what}`, Buffer.from(text));

    // A table that is gone makes an error that nobody expected, and that is logged with its stack.
    const { kysely, close } = await openDatabase(location);
    await kysely.schema.alterTable('card_states').renameTo('gone').execute();
    await close();
    const states = [{ state: 'lost', from: '2015-10-01T00:00:00+08:00' }];
    const failed = await ask('POST', '/v1/members', { ...member, cards: [{ ...cardOf(PAN), states }] });
    expect(failed.status).toBe(500);
    expectNone(secrets, 'the answer to a failure', Buffer.from(failed.text));

    const inUse = filesOf(dataFolder);
    const ended = once(gateway.child, 'exit');
    gateway.child.kill('SIGTERM');
    await ended;
    const contents = [...inUse, ...filesOf(dataFolder), ...(engine.kind === 'libsql' ? [] : [await dump(location)])];
    // What may be kept is found, so the search would find the rest too.
    expect(contents.filter((content) => content.includes('ningbo-metro')).length).toBeGreaterThan(0);
    expect(contents.filter((content) => content.includes('张三')).length).toBeGreaterThan(0);
    for (const content of contents) expectNone(secrets, 'what is kept', content);
    expect(gateway.log()).toMatch(/"operation":"importMembers"[^\n]*\n(.*\n)*.*"operation":"postTap"/);
    expect(gateway.log()).toMatch(/"msg":"internal-error"/);
    expect(gateway.log()).toMatch(/card_states/);
    expectNone(secrets, 'the log', Buffer.from(gateway.log()));
  });
});
