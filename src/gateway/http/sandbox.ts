import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestHandler } from 'express';
import { instantSchema } from '../../tap/index.js';
import { Problem } from './problem.js';

/** What a gateway that is for trying out does with each request. */
export interface Sandbox {
  /** The instant that the request has asked for, or the real one. */
  readonly clock: () => Date;
  readonly handle: RequestHandler;
}

const SANDBOX_HEADER = 'x-yongtap-sandbox';
const NOW_HEADER = 'x-yongtap-now';

/** Marks every answer, and lets a request say when it is: `X-Yongtap-Now: 2015-10-03T08:00:00+08:00`. */
export function createSandbox(clock: () => Date): Sandbox {
  const travelled = new AsyncLocalStorage<Date>();
  return {
    clock: () => travelled.getStore() ?? clock(),
    handle: (request, response, next) => {
      response.setHeader(SANDBOX_HEADER, 'true');
      const text = request.headers[NOW_HEADER];
      if (text === undefined) return next();
      const instant = instantSchema.safeParse(text);
      if (!instant.success) {
        const errors = [{ pointer: '/X-Yongtap-Now', code: 'wrong-format', message: 'an instant with its offset' }];
        return next(new Problem('request-invalid', { errors }));
      }
      travelled.run(new Date(instant.data), next);
    },
  };
}
