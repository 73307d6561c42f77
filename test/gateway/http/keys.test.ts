import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openBooks } from '../../../src/gateway/open-books.js';
import { metroRide } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';
import { openGateway } from './gateway-under-test.js';

const [entry] = await metroRide();
const bus = await cardInPocket('service-card-51', { pan: '6228000100000000124' }).tapAt('bus-validator');

eachEngine('a key', (engine) => {
  it('of an operator sees and posts its own taps only, alone and in batches', async () => {
    const { call, operatorKey } = await openGateway({ location: await engine.newLocation() });
    const [metro, buses] = [await operatorKey('ningbo-metro'), await operatorKey('ningbo-bus')];
    const { id } = (await call('POST', '/v1/taps', { key: metro, body: entry })).body;
    expect((await call('GET', `/v1/taps/${id}`, { key: metro })).status).toBe(200);
    expect((await call('GET', `/v1/taps/${id}`, { key: buses })).status).toBe(404);
    expect((await call('GET', '/v1/journeys', { key: metro })).body.journeys).toHaveLength(1);
    expect((await call('GET', '/v1/journeys', { key: buses })).body.journeys).toHaveLength(0);
    const type = 'application/x-ndjson';
    const batch = await call('POST', '/v1/taps/batches', { key: buses, type, body: [entry, bus] });
    expect(batch.body).toMatchObject([{ status: 403, code: 'operator-mismatch' }, { status: 201 }]);
    await call('POST', '/v1/taps', { key: buses, body: { ...bus, amountFen: 1, sequence: 99 } });
    expect((await call('GET', '/v1/exceptions?kind=refused', { key: metro })).body.exceptions).toEqual([]);
    expect((await call('GET', '/v1/exceptions?kind=refused', { key: buses })).body.exceptions).toHaveLength(1);
  });

  it('is good until it is revoked, and the last administrator’s stays', async () => {
    const { call, key, operatorKey } = await openGateway({ location: await engine.newLocation() });
    const operator = await operatorKey('ningbo-metro');
    expect((await call('GET', '/v1/journeys', { key: operator })).status).toBe(200);
    const { keys } = (await call('GET', '/v1/api-keys')).body;
    const of = (role: string) => (keys as { id: string; role: string }[]).find((each) => each.role === role)!.id;
    expect(keys).toHaveLength(2);
    expect(JSON.stringify(keys)).not.toContain(operator);
    for (let time = 0; time < 2; time++) {
      expect((await call('DELETE', `/v1/api-keys/${of('operator')}`)).status).toBe(204);
      expect(await call('GET', '/v1/journeys', { key: operator })).toMatchObject({ body: { code: 'key-unknown' } });
    }
    expect((await call('DELETE', '/v1/api-keys/key_0')).status).toBe(404);
    const last = await call('DELETE', `/v1/api-keys/${of('administrator')}`);
    expect(last).toMatchObject({ status: 409, body: { code: 'last-administrator' } });
    const other = await call('POST', '/v1/api-keys', { body: { name: 'second', role: 'administrator' } });
    expect((await call('DELETE', `/v1/api-keys/${of('administrator')}`, { key: other.body.secret })).status).toBe(204);
    expect((await call('GET', '/v1/api-keys', { key })).status).toBe(401);
  });

  it('is told once, and books open under the secrets alone that wrote them', async () => {
    const location = await engine.newLocation();
    const first = await openGateway({ location });
    const { id } = (await first.call('POST', '/v1/taps', { body: entry })).body;
    const second = await openGateway({ location, dataFolder: first.dataFolder, key: first.key });
    expect((await second.call('GET', `/v1/taps/${id}`)).status).toBe(200);
    expect((await second.call('POST', '/v1/taps', { body: entry })).body.result).toBe('exists');
    if ('databaseUrl' in location) {
      await expect(openGateway({ location })).rejects.toMatchObject({ code: 'keys-mismatch' });
    }
  });

  it('stays without secrets where those of its books are missing, rather than get others', async () => {
    const location = await engine.newLocation();
    const dataFolder = 'dataFolder' in location ? location.dataFolder : mkdtempSync(join(tmpdir(), 'yongtap-keys-'));
    const databaseUrl = 'databaseUrl' in location ? location.databaseUrl : undefined;
    const open = () => openBooks({ dataFolder, databaseUrl }, randomBytes);
    const [first, second] = await Promise.all([open(), open()]);
    expect(second.keys).toEqual(first.keys);
    await Promise.all([first.database.close(), second.database.close()]);
    const [path, apart] = [join(dataFolder, 'keys.json'), join(dataFolder, 'apart.json')];
    renameSync(path, apart);
    await expect(open()).rejects.toMatchObject({ code: 'keys-mismatch' });
    expect(existsSync(path)).toBe(false);
    renameSync(apart, path);
    await (await open()).database.close();
    if (databaseUrl !== undefined) rmSync(dataFolder, { recursive: true });
  });
});
