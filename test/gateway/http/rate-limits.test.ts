import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import { Socket } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { limitConnections } from '../../../src/gateway/http/limit-connections.js';
import { createRateLimiter } from '../../../src/gateway/http/rate-limiter.js';
import { openGateway } from './gateway-under-test.js';

it('lets no more through than the rate and one burst, and as much where it is asked for evenly', () => {
  const steps = fc.array(fc.record({ waitMs: fc.nat(400), asked: fc.integer({ min: 1, max: 30 }) }), { maxLength: 60 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), steps, (perSecond, waves) => {
      let nowMs = 0;
      const limiter = createRateLimiter(perSecond, () => nowMs);
      let through = 0;
      for (const { waitMs, asked } of waves) {
        nowMs += waitMs;
        for (let index = 0; index < asked; index++) {
          const { allowed, remaining, resetSeconds } = limiter.take('one');
          if (allowed) through++;
          expect(remaining).toBeGreaterThanOrEqual(0);
          expect(resetSeconds).toBeGreaterThanOrEqual(1);
        }
      }
      expect(through).toBeLessThanOrEqual(2 * perSecond + (nowMs / 1000) * perSecond + 1e-6);
      expect(limiter.take('another').allowed).toBe(true);
      nowMs += 2000 + 1000 / perSecond;
      expect(limiter.take('one').allowed).toBe(true);
    }),
    { numRuns: 100 },
  );
});

it('holds keys and addresses apart, and says when to come again', async () => {
  const { call, operatorKey } = await openGateway({ limits: { requestRate: 3, failureRate: 2, tapRate: 2 } });
  const key = await operatorKey('ningbo-metro');
  const statuses = async (count: number, ask: () => ReturnType<typeof call>) => {
    const answers = [];
    for (let index = 0; index < count; index++) answers.push(await ask());
    return answers;
  };
  const answers = await statuses(9, () => call('GET', '/v1/journeys', { key }));
  expect(answers[0]!.headers.get('ratelimit')).toMatch(/^"key";r=5;t=\d+$/);
  expect(answers[0]!.headers.get('ratelimit-policy')).toBe('"key";q=3;w=1');
  const refused = answers.find(({ status }) => status === 429)!;
  expect(refused.body.code).toBe('too-many-requests');
  expect(refused.headers.get('retry-after')).toBe('1');
  expect((await call('GET', '/v1/journeys')).status).toBe(200);
  const taps = await statuses(8, () => call('POST', '/v1/taps', { key, body: {} }));
  expect(new Set(taps.map(({ status }) => status))).toEqual(new Set([400, 429]));
  const guesses = await statuses(8, () => call('GET', '/v1/journeys', { key: 'yt_guess' }));
  expect(guesses.map(({ status }) => status).slice(0, 4)).toEqual([401, 401, 401, 401]);
  expect(guesses.at(-1)!.status).toBe(429);
  expect((await call('GET', '/healthz', { key: undefined })).status).toBe(200);
});

it('counts a network of IPv6 as one that asks', async () => {
  const { call } = await openGateway({ limits: { failureRate: 2, isBehindProxy: true } });
  const guess = async (address: string) =>
    (await call('GET', '/v1/journeys', { key: 'yt_guess', headers: { 'x-forwarded-for': address } })).status;
  const statuses = [];
  for (let index = 1; index <= 8; index++) statuses.push(await guess(`2001:db8:0:1::${index}`));
  expect(statuses.at(-1)).toBe(429);
  expect(await guess('2001:db8:0:2::1')).toBe(401);
});

it('counts the connections of a network of IPv6 together', () => {
  const server = new EventEmitter();
  limitConnections(server as Server, 2);
  const connect = (remoteAddress: string) => {
    const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress });
    server.emit('connection', socket);
    return socket.destroyed;
  };
  const addresses = ['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8:0:1::1', '192.0.2.7', '192.0.2.8'];
  expect(addresses.map(connect)).toEqual([false, false, true, false, false, false]);
});
