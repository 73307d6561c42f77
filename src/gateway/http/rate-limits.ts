import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';
import { addressGroup } from '../address-group.js';
import { clientAddress } from './client-address.js';
import type { Principal } from './principal.js';
import { Problem } from './problem.js';
import { createRateLimiter, type RateLimiter, type RateState } from './rate-limiter.js';
import type { RateOptions } from './rate-options.js';
import type { Route } from './route.js';

export interface RateLimits {
  /** Before the key is looked at. Throws Problem `too-many-requests`. */
  beforeKey(request: IncomingMessage): void;
  /** A request without a good key. */
  keyFailed(request: IncomingMessage): void;
  /** Throws Problem `too-many-requests`. */
  afterKey(route: Pick<Route, 'audit' | 'method'>, principal: Principal, response: Response): void;
}

export function createRateLimits(options: RateOptions, now: () => number): RateLimits {
  const limiter = (perSecond: number) => (perSecond > 0 ? createRateLimiter(perSecond, now) : undefined);
  const failures = limiter(options.failureRate ?? 50);
  const taps = limiter(options.tapRate ?? 0);
  const requests = limiter(options.requestRate ?? 1000);
  const addressOf = (request: IncomingMessage): string => addressGroup(clientAddress(request, options.isBehindProxy));
  return {
    beforeKey(request) {
      const address = addressOf(request);
      if (failures?.isEmpty(address))
        throw tooMany('address', failures, { allowed: false, remaining: 0, resetSeconds: 1 });
    },
    keyFailed: (request) => void failures?.take(addressOf(request)),
    afterKey({ audit, method }, principal, response) {
      if (principal.keyId === '') return;
      const isIntake = audit === 'none' && method !== 'get';
      const limits = isIntake ? taps : requests;
      if (!limits) return;
      const state = limits.take(principal.keyId);
      if (!state.allowed) throw tooMany('key', limits, state);
      if (!isIntake) response.set(headersOf('key', limits, state));
    },
  };
}

/** As the IETF's draft on RateLimit header fields has them. */
const headersOf = (name: string, { perSecond }: RateLimiter, { remaining, resetSeconds }: RateState) => ({
  'ratelimit-policy': `"${name}";q=${perSecond};w=1`,
  ratelimit: `"${name}";r=${remaining};t=${resetSeconds}`,
});

function tooMany(name: string, limiter: RateLimiter, state: RateState): Problem {
  const headers = { 'retry-after': String(state.resetSeconds), ...headersOf(name, limiter, state) };
  return new Problem('too-many-requests', { headers });
}
