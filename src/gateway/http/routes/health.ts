import { z } from 'zod';
import type { GatewayDatabase } from '../../storage/index.js';
import type { Metrics } from '../metrics.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';

const text = z.string();

/** With its version, or a scraper takes the newest that it knows. */
const EXPOSITION = 'text/plain; version=0.0.4; charset=utf-8';

const RETRY = { headers: { 'retry-after': '5' } };

export function healthRoutes(database: GatewayDatabase, metrics: Metrics, isStopping: () => boolean): Route[] {
  return [
    route({
      method: 'get',
      path: '/healthz',
      operationId: 'isAlive',
      summary: 'Whether the process lives',
      tag: 'health',
      access: 'public',
      responses: { 200: { description: 'It does', schema: z.object({ status: z.literal('alive') }) } },
      handle: async () => ({ status: 200, body: { status: 'alive' } }),
    }),
    route({
      method: 'get',
      path: '/readyz',
      operationId: 'isReady',
      summary: 'Whether taps can be taken: the database answers, and the gateway is not stopping',
      tag: 'health',
      access: 'public',
      responses: { 200: { description: 'They can', schema: z.object({ status: z.literal('ready') }) } },
      async handle() {
        if (isStopping()) throw new Problem('stopping', RETRY);
        if (!(await database.isHealthy())) throw new Problem('database-unreachable', RETRY);
        return { status: 200, body: { status: 'ready' } };
      },
    }),
    route({
      method: 'get',
      path: '/metrics',
      operationId: 'readMetrics',
      summary: 'Counters and durations for Prometheus',
      tag: 'health',
      access: 'public',
      responses: { 200: { description: 'Text exposition format', schema: text, mediaType: 'text/plain' } },
      handle: async () => ({ status: 200, body: await metrics.registry.metrics(), mediaType: EXPOSITION }),
    }),
  ];
}
