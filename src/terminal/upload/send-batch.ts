import { z } from 'zod';
import type { TapRecord } from '../../tap/index.js';
import type { QueueAnswer } from '../queue/index.js';
import { parseAnswerLine } from './gateway-answer.js';
import { readLines } from './read-lines.js';
import { parseRetryAfter } from './retry-delay.js';

export interface Gateway {
  /** Where the gateway answers: `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly apiKey: string;
  readonly fetch: typeof globalThis.fetch;
  /** The time, for a `Retry-After` that names a date. */
  readonly clock: () => Date;
  /** How long one request may take, its answer included. */
  readonly requestTimeoutMs: number;
}

export type BatchOutcome<Answers = readonly QueueAnswer[]> =
  /** The gateway answered; `isComplete` where it did so for every record, `barred` where it turned the key away. */
  | {
      readonly kind: 'answered';
      readonly answers: Answers;
      readonly isComplete: boolean;
      readonly barred?: string | undefined;
    }
  /** No answer, or one that says: later. */
  | { readonly kind: 'unavailable'; readonly reason: string; readonly retryAfterMs?: number | undefined }
  | { readonly kind: 'too-large'; readonly code: string }
  /** The gateway refuses the batch as a whole: the same again would be refused again. */
  | { readonly kind: 'rejected'; readonly status: number; readonly code: string };

const problemSchema = z.object({ code: z.string().max(200) });

async function problemCode(response: Response): Promise<string> {
  const { lines } = await readLines(response.body);
  try {
    return problemSchema.parse(JSON.parse(lines.join('\n'))).code;
  } catch {
    return `http-${response.status}`;
  }
}

function isLater(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

/** The gateway's final answers, by the place of their records in the batch. */
export type AnswersByIndex = ReadonlyMap<number, Omit<QueueAnswer, 'sequence'>>;

async function readAnswers(response: Response, count: number): Promise<BatchOutcome<AnswersByIndex>> {
  const { lines } = await readLines(response.body);
  const answers = new Map<number, Omit<QueueAnswer, 'sequence'>>();
  let barred: string | undefined;
  for (const line of lines) {
    const parsed = parseAnswerLine(line);
    if (parsed === undefined || parsed.index >= count) continue;
    barred ??= parsed.barred;
    if (parsed.answer) answers.set(parsed.index, parsed.answer);
  }
  return { kind: 'answered', answers, isComplete: answers.size === count, barred };
}

/** Tells an error without what it may carry: addresses and bodies stay out of reports. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  if (typeof cause?.code === 'string') return cause.code;
  // What fetch throws for whatever it could not reach.
  return error instanceof Error && error.name !== 'TypeError' ? error.name : 'no-connection';
}

/**
 * Posts records as one NDJSON batch. Whatever goes wrong on the way is an outcome; only records that the gateway has
 * given a final answer to are in `answers`, also when the connection broke in the middle of it.
 */
export async function sendBatch(
  records: readonly TapRecord[],
  gateway: Gateway,
  signal: AbortSignal | undefined,
): Promise<BatchOutcome> {
  const lines = records.map((record) => JSON.stringify(record));
  const outcome = await sendLines(lines, gateway, signal);
  if (outcome.kind !== 'answered') return outcome;
  const answers = new Map<number, QueueAnswer>();
  for (const [index, answer] of outcome.answers) {
    const { sequence } = records[index]!;
    answers.set(sequence, { sequence, ...answer });
  }
  return { ...outcome, answers: [...answers.values()] };
}

/** The same for records as JSON texts, of whatever terminals. */
export async function sendLines(
  lines: readonly string[],
  gateway: Gateway,
  signal: AbortSignal | undefined,
): Promise<BatchOutcome<AnswersByIndex>> {
  const timeout = AbortSignal.timeout(gateway.requestTimeoutMs);
  try {
    const response = await gateway.fetch(`${gateway.url.replace(/\/+$/, '')}/v1/taps/batches`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.apiKey}`, 'content-type': 'application/x-ndjson' },
      body: `${lines.join('\n')}\n`,
      // A redirect could carry the key and the taps elsewhere.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    if (response.ok) return await readAnswers(response, lines.length);
    const code = await problemCode(response);
    if (response.status === 413) return { kind: 'too-large', code };
    if (!isLater(response.status)) return { kind: 'rejected', status: response.status, code };
    const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), gateway.clock());
    return { kind: 'unavailable', reason: code, retryAfterMs };
  } catch (error) {
    return { kind: 'unavailable', reason: reasonOf(error) };
  }
}
