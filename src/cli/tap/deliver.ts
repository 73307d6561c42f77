import type { TapRecord } from '../../tap/index.js';
import type { QueueAnswer, TapQueue } from '../../terminal/index.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { postWaiting, readPostedTap } from './keep-and-post.js';

export interface Delivery {
  readonly answer?: QueueAnswer | undefined;
  /** What the gateway says of the tap, with its receipt. */
  readonly tap?: unknown;
  readonly isRefused: boolean;
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
  if (report.end !== 'done') {
    throw new CommandError(
      report.reason ?? report.end,
      `the gateway at ${url} did not take the taps (${report.end}${report.reason ? `: ${report.reason}` : ''})`,
      report.end === 'rejected' ? exitCodes.no : exitCodes.partMissing,
      `${report.pending} kept; the next tap with --post sends them again.`,
    );
  }
  const answer = record && answers.find(({ sequence }) => sequence === record.sequence);
  const tap = answer?.id === undefined ? undefined : await readPostedTap(answer.id, { url, key });
  return { answer, tap, isRefused: answer?.result === 'refused' || answer?.result === 'conflict' };
}
