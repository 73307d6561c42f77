import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { answerText, type BatchAnswer, type Batches, type BatchName, type Intake } from '../intake/index.js';
import type { GatewayDatabase } from '../storage/index.js';
import { type AnsweredGroup, type AnsweredLine, answerLines } from './answer-lines.js';
import { maySpeakFor } from './may-speak-for.js';
import type { Metrics } from './metrics.js';
import type { Principal } from './principal.js';
import { Problem } from './problem.js';
import { mediaTypeOf, openBody, readStream } from './read-stream.js';

export interface BatchServices {
  readonly intake: Intake;
  readonly batches: Batches;
  readonly metrics: Pick<Metrics, 'tapAnswered'>;
  readonly database: Pick<GatewayDatabase, 'failureOf'>;
  readonly clock: () => Date;
}

interface Batch extends BatchServices {
  readonly principal: Principal;
  readonly request: IncomingMessage;
  readonly response: Response;
  readonly uploadedAt: Date;
  /** What to remember its answers under, so that it can go on after it broke. */
  readonly name?: BatchName | undefined;
  /** The line that the body begins with. */
  readonly firstLine: number;
}

const MEDIA_TYPES = new Set(['application/x-ndjson', 'application/jsonl']);

/**
 * Reads records line by line, keeps them some hundred at a time and answers each on a line of its own as soon as it is
 * kept, so that neither side ever holds the whole batch.
 */
export async function answerBatch(batch: Batch): Promise<'streamed'> {
  const { request, response } = batch;
  if (!MEDIA_TYPES.has(mediaTypeOf(request) ?? '')) {
    throw new Problem('media-type-unsupported', { detail: 'Content-Type: application/x-ndjson' });
  }
  if (batch.name) await takeUp(batch, batch.name);
  // Not before: while nobody reads it, nobody would hear of its errors.
  const body = openBody(request);
  response.status(200).type('application/x-ndjson');
  response.set({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  await pipeline(Readable.from(answers(batch, body), { highWaterMark: 1 }), response);
  return 'streamed';
}

async function takeUp({ batches, firstLine }: Batch, name: BatchName): Promise<void> {
  const { nextLine } = await batches.begin(name);
  if (firstLine <= nextLine) return;
  throw new Problem('batch-line-missing', { detail: `the next line is ${nextLine}`, extensions: { nextLine } });
}

/** The lines of the answer, some hundred at a time; nothing more is read of the body until they are asked for. */
async function* answers(batch: Batch, body: Readable): AsyncGenerator<string> {
  const { principal, name, uploadedAt } = batch;
  const source = { maySpeakFor: (operator: string) => maySpeakFor(principal, operator), uploadedAt };
  let index = batch.firstLine;
  let memory = name && memoryOf(batch.batches, name);
  for await (const group of answerLines(batch, source, readStream(body))) {
    if (memory && !(await memory.remember(index, group))) memory = undefined;
    const lines = group.broken ? [...group.lines, group.broken] : group.lines;
    yield lines.map((line) => `${answerText({ index: index++, ...line })}\n`).join('');
  }
  await memory?.complete(index);
}

/** What is remembered of a batch while it comes. After a line that is to be sent again nothing more is. */
function memoryOf(batches: Batches, name: BatchName) {
  return {
    async remember(firstLine: number, { lines, broken }: AnsweredGroup): Promise<boolean> {
      const unanswered = lines.findIndex(({ status }) => status >= 500);
      const final = unanswered === -1 ? lines : lines.slice(0, unanswered);
      // Taps are kept whether or not this is; it may lag, and is no reason to answer less.
      const isThere = await batches.remember(name, firstLine, final.map(toBatchAnswer)).catch(() => false);
      return isThere && unanswered === -1 && !broken;
    },
    complete: (nextLine: number) => batches.complete(name, nextLine).catch(() => {}),
  };
}

const toBatchAnswer = (line: AnsweredLine): BatchAnswer =>
  line.result !== undefined && line.id !== undefined
    ? { result: line.result, id: line.id }
    : { ...line, status: line.status };
