import { z } from 'zod';
import { tapRecordSchema } from '../../../tap/index.js';
import { type AnsweredLine, answerText, type TapAnswer, type ToldAnswer } from '../../intake/index.js';
import { answerBatch, type BatchServices } from '../answer-batch.js';
import { maySpeakFor } from '../may-speak-for.js';
import { Problem } from '../problem.js';
import { readTapText } from '../read-tap-text.js';
import { type Route, route } from '../route.js';
import { batchLineSchema, batchLinesSchema, batchSchema, tapAnswerSchema, tapSchema } from '../schemas.js';
import { statusOf } from '../tap-status.js';

const dryRun = z.strictObject({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('Answer as it would be now, and keep nothing: no identity, no transaction of the card is used up'),
});

const batchName = z
  .string()
  .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/, '1 to 64 letters, digits, dots, hyphens and underscores')
  .describe('The sender’s own name for the batch, under which its key can ask how far it came');

const line = z.coerce.number().int().min(0).max(1_000_000_000);

const batchQuery = dryRun.extend({
  batch: batchName.optional(),
  firstLine: line
    .default(0)
    .describe('The line of the batch that the body begins with, from 0: where it broke, its nextLine'),
});

const batchParams = z.strictObject({ batch: batchName });

const linesQuery = z.strictObject({
  fromLine: line.default(0).describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

const DRY_RUN = { 'x-yongtap-dry-run': 'true' };
const headers = ['X-Yongtap-Dry-Run'] as const;

/** What was only tried is no tap that came. */
const UNCOUNTED = { tapAnswered: () => {} };

export function tapRoutes(services: BatchServices): Route[] {
  const { intake, batches, metrics, clock } = services;
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
      body: { schema: tapRecordSchema, mediaType: 'application/json', isText: true },
      responses: {
        201: { description: 'Taken', schema: tapAnswerSchema, headers },
        200: {
          description: 'Known already, with the same content: the answer that it got',
          schema: tapAnswerSchema,
          headers,
        },
      },
      problems: ['operator-mismatch', 'tap-conflict', 'tap-refused'],
      async handle({ text = '', principal, query }) {
        const uploadedAt = clock();
        const tap = await readTapText(intake, text, (operator) => maySpeakFor(principal, operator));
        if (query.dryRun) return { ...toAnswer(await intake.preview(tap)), headers: DRY_RUN };
        const answer = await intake.accept(tap, uploadedAt);
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
      query: batchQuery,
      body: { schema: tapRecordSchema, mediaType: 'application/x-ndjson', isRaw: true },
      responses: {
        200: {
          description: 'A line for each record',
          schema: batchLineSchema,
          mediaType: 'application/x-ndjson',
          headers,
        },
      },
      problems: ['batch-line-missing'],
      handle({ principal, query, request, response }) {
        const { batch: given, firstLine } = query;
        const batch = { ...services, principal, request, response, uploadedAt: clock(), firstLine };
        const name = given === undefined ? undefined : { keyId: principal.keyId, batch: given };
        if (!query.dryRun) return answerBatch({ ...batch, name });
        response.set(DRY_RUN);
        return answerBatch({ ...batch, intake: { ...intake, accept: intake.preview }, metrics: UNCOUNTED });
      },
    }),
    route({
      method: 'get',
      path: '/v1/taps/batches/{batch}',
      operationId: 'readTapBatch',
      summary: 'How far a batch was answered that this key handed in',
      tag: 'taps',
      access: 'operator',
      scope: 'taps:read',
      params: batchParams,
      responses: { 200: { description: 'The batch', schema: batchSchema } },
      problems: ['not-found'],
      async handle({ params, principal }) {
        const batch = await batches.read({ keyId: principal.keyId, batch: params.batch });
        if (!batch) throw new Problem('not-found');
        return { status: 200, body: batch };
      },
    }),
    route({
      method: 'get',
      path: '/v1/taps/batches/{batch}/lines',
      operationId: 'listTapBatchLines',
      summary: 'The answers that the lines of a batch got, again',
      tag: 'taps',
      access: 'operator',
      scope: 'taps:read',
      params: batchParams,
      query: linesQuery,
      responses: { 200: { description: 'Answers, in order', schema: batchLinesSchema } },
      problems: ['not-found'],
      async handle({ params, query, principal }) {
        const name = { keyId: principal.keyId, batch: params.batch };
        const page = await batches.lines(name, query.fromLine, query.limit);
        if (!page) throw new Problem('not-found');
        const { answers, firstLine, next } = page;
        const lines = answers.map((answer, index) => ({ index: firstLine + index, ...withStatus(answer) }));
        return { status: 200, body: { lines, ...(next !== undefined && { next }) } };
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

const withStatus = (answer: AnsweredLine): object =>
  isTapAnswer(answer) ? { status: statusOf(answer), ...answer } : answer;

const isTapAnswer = (answer: AnsweredLine): answer is TapAnswer => 'result' in answer && 'id' in answer;

function toAnswer(answer: ToldAnswer) {
  const { code, detail, id, receipt, result } = answer;
  if (result === 'conflict') throw new Problem('tap-conflict', { extensions: { tapId: id } });
  if (result === 'refused') throw new Problem('tap-refused', { code, detail, extensions: { tapId: id } });
  return { status: statusOf(answer), body: answerText({ result, id, ...(receipt !== undefined && { receipt }) }) };
}
