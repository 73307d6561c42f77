import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { parseTapRecord, type TapRecord } from '../../tap/index.js';
import type { Intake } from '../intake/index.js';
import type { GatewayDatabase } from '../storage/index.js';
import { maySpeakFor } from './may-speak-for.js';
import type { Metrics } from './metrics.js';
import type { Principal } from './principal.js';
import { Problem } from './problem.js';
import { placeOf } from './read-json.js';
import { readLines } from './read-lines.js';
import { mediaTypeOf, openBody, readStream } from './read-stream.js';
import { statusOf } from './tap-status.js';
import { toProblem } from './to-problem.js';

export interface BatchServices {
  readonly intake: Intake;
  readonly metrics: Pick<Metrics, 'tapAnswered'>;
  readonly database: Pick<GatewayDatabase, 'failureOf'>;
  readonly clock: () => Date;
}

interface Batch extends BatchServices {
  readonly principal: Principal;
  readonly request: IncomingMessage;
  readonly response: Response;
  readonly uploadedAt: Date;
}

const MEDIA_TYPES = new Set(['application/x-ndjson', 'application/jsonl']);

/** So many records are kept together: one sync of the disk for all of them. */
const RECORDS_TOGETHER = 200;

/** A line of the answer; `record` where the intake still has to say what becomes of it. */
type Line = { readonly record: TapRecord } | { readonly status: number; readonly [field: string]: unknown };

/**
 * Reads records line by line, keeps them some hundred at a time and answers each on a line of its own as soon as it is
 * kept, so that neither side ever holds the whole batch. A line that is wrong is answered as such and stops nothing.
 */
export async function answerBatch(batch: Batch): Promise<'streamed'> {
  const { request, response } = batch;
  if (!MEDIA_TYPES.has(mediaTypeOf(request) ?? '')) {
    throw new Problem('media-type-unsupported', { detail: 'Content-Type: application/x-ndjson' });
  }
  const body = openBody(request);
  response.status(200).type('application/x-ndjson');
  response.set({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  await pipeline(Readable.from(answers(batch, body), { highWaterMark: 1 }), response);
  return 'streamed';
}

/** The lines of the answer, some hundred at a time; nothing more is read of the body until they are asked for. */
async function* answers(batch: Batch, body: Readable): AsyncGenerator<string> {
  let index = 0;
  const toText = (lines: readonly object[]) =>
    lines.map((line) => `${JSON.stringify({ index: index++, ...line })}\n`).join('');
  let waiting: Line[] = [];
  try {
    for await (const line of readLines(readStream(body))) {
      waiting.push(readLine(line, batch.principal));
      if (waiting.length < RECORDS_TOGETHER) continue;
      yield toText(await settle(batch, waiting));
      waiting = [];
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    waiting.push(toLine(error));
  }
  if (waiting.length > 0) yield toText(await settle(batch, waiting));
}

function readLine(line: string | 'too-long', principal: Principal): Line {
  if (line === 'too-long') return toLine(new Problem('body-too-large'));
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return toLine(new Problem('body-not-json', { detail: placeOf((error as Error).message) }));
  }
  const parsed = parseTapRecord(value);
  if (!parsed.ok) {
    const errors = parsed.issues.map(({ path, code, message }) => ({ pointer: path, code, message }));
    return toLine(new Problem('request-invalid', { errors }));
  }
  const { record } = parsed;
  return maySpeakFor(principal, record.operator) ? { record } : toLine(new Problem('operator-mismatch'));
}

function toLine(problem: Problem): Line {
  const { code, status, title, detail = title, errors } = problem.details();
  return { status, code, detail, ...(errors && { errors }) };
}

/** Whatever keeps some records from being kept is their answer, and no one else's. */
function settle({ intake, metrics, database, uploadedAt }: Batch, lines: readonly Line[]): Promise<object[]> {
  const settleOne = async (line: Line): Promise<object> => {
    if (!isRecord(line)) return line;
    try {
      const answer = await intake.accept(line.record, uploadedAt);
      metrics.tapAnswered(answer.result, answer.code);
      return { status: statusOf(answer), ...answer };
    } catch (error) {
      return toLine(toProblem(error, database));
    }
  };
  return Promise.all(lines.map(settleOne));
}

const isRecord = (line: Line): line is { readonly record: TapRecord } => 'record' in line;
