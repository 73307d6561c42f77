import { expect, it } from 'vitest';
import { metroRide } from '../intake/intake-fixture.js';
import { openGateway } from './gateway-under-test.js';

const DAY = '2015-10-03';
const [entry, exit] = await metroRide();

it('tells the fares in force, and prices booked journeys again under them', async () => {
  const { call } = await openGateway();
  for (const tap of [entry, exit]) expect((await call('POST', '/v1/taps', { body: tap })).status).toBe(201);
  const tariffs = (await call('GET', '/v1/tariffs')).body;
  expect(tariffs.versions.map(({ id }: { id: string }) => id)).toEqual(['ningbo-2014', 'ningbo-2015', 'ningbo-2016']);
  expect((await call('GET', '/v1/campaigns')).body).toMatchObject({ id: 'ningbo-2015+ningbo-2016' });
  const path = '/v1/fares/repricings';
  const started = await call('POST', path, { body: { from: DAY, to: DAY } });
  expect(started).toMatchObject({ status: 202, body: { from: DAY, dryRun: false } });
  await expect
    .poll(async () => (await call('GET', `${path}/${started.body.id}`)).body, { timeout: 20_000 })
    .toMatchObject({ status: 'done', report: { cards: 1, journeys: 1, changed: 0, fareFen: 0 } });
  const resumed = await call('POST', `${path}/${started.body.id}/resume`);
  expect(resumed).toMatchObject({ status: 202, body: { status: 'done', report: { cards: 1 } } });
  expect((await call('GET', path)).body.repricings).toMatchObject([{ id: started.body.id, status: 'done' }]);
  expect((await call('GET', `${path}/rp_none`)).status).toBe(404);
  expect((await call('POST', path, { body: { from: DAY, to: '2015-10-02' } })).status).toBe(400);
});
