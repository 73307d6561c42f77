import type { AnswerResult, QueueAnswer, TapQueue } from '../queue/index.js';
import { RETRY_RULES, type RetryRules, retryDelay } from './retry-delay.js';
import { type Gateway, sendBatch } from './send-batch.js';

export interface UploadOptions extends Omit<Gateway, 'requestTimeoutMs'> {
  /** Waits; ends early without an error when the signal is given. */
  readonly sleep: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Random bytes, for the jitter between attempts. */
  readonly random: (length: number) => Uint8Array;
  /** Ends the upload after what is under way; everything unanswered stays in the queue. */
  readonly signal?: AbortSignal | undefined;
  /** Records in one request. Default 200. */
  readonly batchSize?: number | undefined;
  /** Default 30 seconds. */
  readonly requestTimeoutMs?: number | undefined;
  /** After this many failures in a row, without one record answered between them, the upload ends. Default 8. */
  readonly attemptsMax?: number | undefined;
  readonly retry?: Partial<RetryRules> | undefined;
  /** Hears of answers once they are kept in the queue. */
  readonly onAnswers?: ((answers: readonly QueueAnswer[]) => void) | undefined;
  /** Hears of each failure before the wait that follows it. */
  readonly onRetry?: ((reason: string, delayMs: number) => void) | undefined;
}

export type UploadEnd =
  /** Nothing waits any more. */
  | 'done'
  /** The signal was given. */
  | 'aborted'
  /** The gateway could not be reached, or did not answer, `attemptsMax` times. */
  | 'gave-up'
  /** The gateway refuses whole batches: a wrong key, one for another operator, a wrong address. */
  | 'rejected';

export interface UploadReport {
  readonly end: UploadEnd;
  /** Why, where the end is not `done`: the gateway's code, or a name of what failed. */
  readonly reason?: string | undefined;
  /** Records that got a final answer, by result. */
  readonly answered: Readonly<Record<AnswerResult, number>>;
  /** Records still waiting. */
  readonly pending: number;
}

const BATCH_SIZE = 200;
const REQUEST_TIMEOUT_MS = 30_000;
const ATTEMPTS_MAX = 8;

/**
 * Sends what waits in a queue to the gateway's `POST /v1/taps/batches`, oldest first, until nothing waits. A record
 * leaves the queue only when the gateway's final answer to it is on the disk; one that is refused, in conflict or too
 * large for the gateway goes to the queue's refused taps with the reason and holds up no other. A lost answer does no
 * harm: the gateway knows a record by its identity and says `exists`. Failures are waited out with a growing, random
 * delay that respects `Retry-After`. Throws QueueError only.
 */
export async function uploadQueue(queue: TapQueue, options: UploadOptions): Promise<UploadReport> {
  const answered: Record<AnswerResult, number> = { created: 0, exists: 0, conflict: 0, refused: 0 };
  const report = (end: UploadEnd, reason?: string): UploadReport => ({
    end,
    ...(reason !== undefined && { reason }),
    answered,
    pending: queue.pendingCount,
  });
  const gateway = { ...options, requestTimeoutMs: options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS };
  const rules = { ...RETRY_RULES, ...options.retry };
  const { signal } = options;
  const keep = async (answers: readonly QueueAnswer[]): Promise<void> => {
    await queue.acknowledge(answers);
    for (const { result } of answers) answered[result]++;
    options.onAnswers?.(answers);
  };
  let batchSize = options.batchSize ?? BATCH_SIZE;
  let failures = 0;
  while (!signal?.aborted) {
    const records = await queue.pending(batchSize);
    if (records.length === 0) return report('done');
    const outcome = await sendBatch(records, gateway, signal);
    if (outcome.kind === 'rejected') return report('rejected', outcome.code);
    if (outcome.kind === 'too-large') {
      const [record] = records;
      if (records.length === 1) await keep([{ sequence: record!.sequence, result: 'refused', code: outcome.code }]);
      else batchSize = Math.ceil(records.length / 2);
      continue;
    }
    if (outcome.kind === 'answered' && outcome.answers.length > 0) {
      await keep(outcome.answers);
      failures = 0;
      if (outcome.isComplete) continue;
    }
    if (outcome.kind === 'answered' && outcome.barred !== undefined) return report('rejected', outcome.barred);
    if (signal?.aborted) break;
    const reason = outcome.kind === 'answered' ? 'answer-incomplete' : outcome.reason;
    failures++;
    if (failures >= (options.attemptsMax ?? ATTEMPTS_MAX)) return report('gave-up', reason);
    const chance = new DataView(options.random(4).slice().buffer).getUint32(0) / 2 ** 32;
    const retryAfterMs = outcome.kind === 'unavailable' ? outcome.retryAfterMs : undefined;
    const delayMs = retryDelay(failures, chance, retryAfterMs, rules);
    options.onRetry?.(reason, delayMs);
    await options.sleep(delayMs, signal);
  }
  return report('aborted');
}
