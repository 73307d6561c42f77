import { expect, it } from 'vitest';
import { metroRide } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';
import { openGateway } from './gateway-under-test.js';

const [entry, exit] = await metroRide();
const bus = await cardInPocket('service-card-51', { pan: '6228000100000000124' }).tapAt('bus-validator');

eachEngine('a dry run', (engine) => {
  it('answers as it would be, and uses nothing up', async () => {
    const { call } = await openGateway({ location: await engine.newLocation() });
    const dry = (body: unknown) => call('POST', '/v1/taps?dryRun=true', { body });
    const first = await dry(entry);
    expect(first).toMatchObject({ status: 201, body: { result: 'created', receipt: { journey: { status: 'open' } } } });
    expect(first.headers.get('x-yongtap-dry-run')).toBe('true');
    expect((await dry(entry)).status).toBe(201);
    expect((await dry({ ...bus, amountFen: 1 })).body.code).toBe('amount-mismatch');
    expect((await call('GET', '/v1/journeys')).body.journeys).toEqual([]);
    expect((await call('GET', '/v1/exceptions')).body.exceptions).toEqual([]);
    const real = await call('POST', '/v1/taps', { body: entry });
    expect(real).toMatchObject({ status: 201, body: first.body });
    expect((await dry(entry)).body.result).toBe('exists');
    expect((await dry({ ...entry, sequence: 999 })).body.code).toBe('transaction-repeated');
    expect((await dry({ ...entry, place: { line: '1', station: '泽民' } })).status).toBe(409);
    const type = 'application/x-ndjson';
    const batch = await call('POST', '/v1/taps/batches?dryRun=true', { type, body: [exit, bus, entry] });
    expect(batch.body).toMatchObject([{ status: 201 }, { status: 201 }, { status: 200 }]);
    expect(batch.body[0].receipt.journey).toMatchObject({ status: 'complete', fareFen: 300 });
    expect((await call('GET', '/v1/charges')).body.charges).toEqual([]);
    expect((await call('POST', '/v1/taps', { body: exit })).status).toBe(201);
  });
});

it('is a sandbox only where its books are one: marked, with a clock that can be told', async () => {
  const sandbox = await openGateway({ sandbox: true });
  const { call, dataFolder } = sandbox;
  const early = { 'x-yongtap-now': '2015-09-30T08:25:00+08:00' };
  const ahead = await call('POST', '/v1/taps', { body: entry, headers: early });
  expect(ahead).toMatchObject({ status: 422, body: { code: 'tap-in-future' } });
  expect(ahead.headers.get('x-yongtap-sandbox')).toBe('true');
  expect((await call('POST', '/v1/taps', { body: exit })).status).toBe(201);
  const late = { 'x-yongtap-now': '2030-01-01T00:00:00+08:00' };
  const day = await call('POST', '/v1/service-days/2029-12-30/close', { headers: late });
  expect(day.body.closed).toBe(true);
  const wrong = await call('GET', '/v1/journeys', { headers: { 'x-yongtap-now': 'soon' } });
  expect(wrong.status).toBe(400);
  await sandbox.close();
  await expect(openGateway({ dataFolder })).rejects.toMatchObject({ code: 'books-of-other-mode' });
  const real = await openGateway();
  const plain = await real.call('GET', '/healthz', { key: undefined, headers: early });
  expect(plain.headers.get('x-yongtap-sandbox')).toBeNull();
  await real.close();
  await expect(openGateway({ dataFolder: real.dataFolder, sandbox: true })).rejects.toMatchObject({
    code: 'books-of-other-mode',
  });
});
