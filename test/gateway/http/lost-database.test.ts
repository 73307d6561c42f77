import { afterAll, describe, expect, it } from 'vitest';
import { requirePart } from '../../support/require-part.js';
import { findPostgres, startPostgres } from '../../support/start-postgres.js';
import { metroRide } from '../intake/intake-fixture.js';
import { openGateway } from './gateway-under-test.js';

const hasPostgres = await requirePart('postgresql', () => void findPostgres());
const [entry, exit] = await metroRide();

describe.runIf(hasPostgres)('a database that goes away', () => {
  it('is said so, nothing is half done, and all goes on by itself when it is back', async () => {
    const cluster = await startPostgres();
    afterAll(() => cluster.stop());
    const { call, log } = await openGateway({ location: { databaseUrl: await cluster.createDatabase() } });
    await call('GET', '/readyz');
    const first = await call('POST', '/v1/taps', { body: entry });
    expect(first.status).toBe(201);
    await cluster.crash();
    const lost = { status: 503, body: { code: 'database-unreachable' } };
    for (const [method, path, body] of [
      ['POST', '/v1/taps', exit],
      ['GET', '/v1/journeys', undefined],
      ['GET', '/readyz', undefined],
    ] as const) {
      const answer = await call(method, path, { body });
      expect(answer, path).toMatchObject(lost);
      expect(answer.headers.get('retry-after')).toBe('5');
    }
    const batch = { type: 'application/x-ndjson', body: [entry, exit] };
    // A key is remembered for a second: after that the batch as a whole is refused, before it each of its records.
    for (const refused of [(await call('POST', '/v1/taps/batches', batch)).body].flat()) {
      expect(refused).toMatchObject({ status: 503, code: 'database-unreachable' });
    }
    expect((await call('GET', '/healthz')).status).toBe(200);
    await cluster.restart();
    expect((await call('GET', '/readyz')).status).toBe(200);
    expect((await call('POST', '/v1/taps/batches', batch)).body).toMatchObject([
      { status: 200, receipt: first.body.receipt },
      { status: 201 },
    ]);
    expect(log()).not.toContain('internal-error');
  });
});
