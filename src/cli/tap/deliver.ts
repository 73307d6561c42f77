import type { TapRecord } from '../../tap/index.js';
import type { QueueAnswer, TapQueue, UploadReport } from '../../terminal/index.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { postWaiting, readPostedTap } from './keep-and-post.js';

export interface Delivery {
  readonly answer?: QueueAnswer | undefined;
  /** What the gateway says of the tap, with its receipt. */
  readonly tap?: unknown;
  readonly isRefused: boolean;
  /** Why the gateway took nothing; the taps are kept. */
  readonly failure?: CommandError | undefined;
}

/**
 * Posts this tap and all that waited before it. A bench without a gateway does not hoard its taps: there this one counts
 * as answered.
 */
export async function deliver(
  queue: TapQueue,
  record: TapRecord | undefined,
  { post: url, key = '' }: { readonly post?: string; readonly key?: string },
  signal: AbortSignal,
  { retrying }: { retrying(reason: string, delayMs: number): void },
): Promise<Delivery | undefined> {
  if (url === undefined) {
    if (record) await queue.acknowledge([{ sequence: record.sequence, result: 'created' }]);
    return undefined;
  }
  const { report, answers } = await postWaiting(queue, { url, key }, { signal, onRetry: retrying });
  if (report.end !== 'done') return { isRefused: false, failure: notTaken(url, report) };
  const answer = record && answers.find(({ sequence }) => sequence === record.sequence);
  const tap = answer?.id === undefined ? undefined : await readPostedTap(answer.id, { url, key });
  return { answer, tap, isRefused: answer?.result === 'refused' || answer?.result === 'conflict' };
}

function notTaken(url: string, { end, reason, pending }: UploadReport): CommandError {
  const kept = `${pending === 1 ? '1 tap is' : `${pending} taps are`} kept; the next tap with --post sends them again.`;
  if (end === 'rejected') {
    const message = `the gateway at ${url} takes nothing from here: ${reason}`;
    return new CommandError('gateway-refused', message, exitCodes.no, `Is the key right? ${kept}`);
  }
  const message = `the gateway at ${url} does not answer: ${reason ?? 'called off'}`;
  return new CommandError('gateway-unreachable', message, exitCodes.partMissing, kept);
}
