import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';
import { parseTapRecord, type TapRecord } from '../../tap/index.js';
import type { Intake } from '../intake/index.js';
import type { Principal } from './api-keys.js';
import { maySpeakFor } from './may-speak-for.js';
import type { Metrics } from './metrics.js';
import { Problem } from './problem.js';
import { readLines } from './read-lines.js';
import { statusOf } from './tap-status.js';

interface Batch {
  readonly intake: Intake;
  readonly metrics: Metrics;
  readonly principal: Principal;
  readonly request: IncomingMessage;
  readonly response: Response;
}

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
  const mediaType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/x-ndjson' && mediaType !== 'application/jsonl') {
    throw new Problem('media-type-unsupported', { detail: 'Content-Type: application/x-ndjson' });
  }
  response.status(200).type('application/x-ndjson');
  let index = 0;
  let waiting: Line[] = [];
  const flush = async () => {
    const lines = await settle(batch, waiting);
    waiting = [];
    const text = lines.map((line) => `${JSON.stringify({ index: index++, ...line })}\n`).join('');
    if (text !== '' && !response.write(text)) await once(response, 'drain');
  };
  for await (const line of readLines(request)) {
    waiting.push(readLine(line, batch.principal));
    if (waiting.length >= RECORDS_TOGETHER) await flush();
  }
  await flush();
  response.end();
  return 'streamed';
}

function readLine(line: string | 'too-long', principal: Principal): Line {
  if (line === 'too-long') return toLine(new Problem('body-too-large'));
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return toLine(new Problem('body-not-json'));
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
  const { code, status, title, errors } = problem.details();
  return { status, code, detail: title, ...(errors && { errors }) };
}

async function settle({ intake, metrics }: Batch, lines: readonly Line[]): Promise<object[]> {
  const records = lines.flatMap((line) => ('record' in line ? [line.record as TapRecord] : []));
  const answers = records.length === 0 ? [] : await intake.acceptBatch(records);
  let next = 0;
  return lines.map((line) => {
    if (!('record' in line)) return line;
    const answer = answers[next++]!;
    metrics.tapAnswered(answer.result, answer.code);
    return { status: statusOf(answer), ...answer };
  });
}
