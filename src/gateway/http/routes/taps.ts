import { z } from 'zod';
import { readGoodRecord, tapRecordSchema } from '../../../tap/index.js';
import type { TapAnswer } from '../../intake/index.js';
import { answerBatch, type BatchServices } from '../answer-batch.js';
import { maySpeakFor } from '../may-speak-for.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';
import { batchLineSchema, tapAnswerSchema, tapSchema } from '../schemas.js';
import { statusOf } from '../tap-status.js';

const dryRun = z.strictObject({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('Answer as it would be now, and keep nothing: no identity, no transaction of the card is used up'),
});

const DRY_RUN = { 'x-yongtap-dry-run': 'true' };

/** What was only tried is no tap that came. */
const UNCOUNTED = { tapAnswered: () => {} };

export function tapRoutes(services: BatchServices): Route[] {
  const { intake, metrics, clock } = services;
  return [
    route({
      method: 'post',
      path: '/v1/taps',
      operationId: 'postTap',
      summary: 'Hand in one tap record',
      tag: 'taps',
      access: 'operator',
      scope: 'taps:write',
      audit: 'none',
      query: dryRun,
      body: { schema: tapRecordSchema, readGood: readGoodRecord, mediaType: 'application/json' },
      responses: {
        201: { description: 'Taken', schema: tapAnswerSchema },
        200: { description: 'Known already, with the same content: the answer that it got', schema: tapAnswerSchema },
      },
      problems: ['operator-mismatch', 'tap-conflict', 'tap-refused'],
      async handle({ body, principal, query }) {
        if (!maySpeakFor(principal, body.operator)) throw new Problem('operator-mismatch');
        if (query.dryRun) return { ...toAnswer(await intake.preview(body)), headers: DRY_RUN };
        const answer = await intake.accept(body, clock());
        metrics.tapAnswered(answer.result, answer.code);
        return { ...toAnswer(answer), log: { result: answer.result, tap: answer.id, code: answer.code ?? '' } };
      },
    }),
    route({
      method: 'post',
      path: '/v1/taps/batches',
      operationId: 'postTapBatch',
      summary: 'Hand in many tap records, one JSON document a line; answered line by line, each as it would be alone',
      tag: 'taps',
      access: 'operator',
      scope: 'taps:write',
      audit: 'none',
      query: dryRun,
      body: { schema: tapRecordSchema, mediaType: 'application/x-ndjson', isRaw: true },
      responses: {
        200: { description: 'A line for each record', schema: batchLineSchema, mediaType: 'application/x-ndjson' },
      },
      handle({ principal, query, request, response }) {
        const batch = { ...services, principal, request, response, uploadedAt: clock() };
        if (!query.dryRun) return answerBatch(batch);
        response.set(DRY_RUN);
        return answerBatch({ ...batch, intake: { ...intake, accept: intake.preview }, metrics: UNCOUNTED });
      },
    }),
    route({
      method: 'get',
      path: '/v1/taps/{id}',
      operationId: 'readTap',
      summary: 'A tap as it was kept, with the answer that it got',
      tag: 'taps',
      access: 'operator',
      scope: 'taps:read',
      params: z.strictObject({ id: z.string().max(200) }),
      responses: { 200: { description: 'The tap', schema: tapSchema } },
      problems: ['not-found'],
      async handle({ params, principal }) {
        const tap = await intake.readTap(params.id);
        if (!tap || !maySpeakFor(principal, tap.operator)) throw new Problem('not-found');
        return { status: 200, body: tap };
      },
    }),
  ];
}

function toAnswer(answer: TapAnswer) {
  const { code, detail, id, receipt, result } = answer;
  if (result === 'conflict') throw new Problem('tap-conflict', { extensions: { tapId: id } });
  if (result === 'refused') throw new Problem('tap-refused', { code, detail, extensions: { tapId: id } });
  return { status: statusOf(answer), body: { result, id, ...(receipt && { receipt }) } };
}
