import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueAnswer, TapQueue, UploadReport } from '../../terminal/index.js';
import { uploadQueue } from '../../terminal/index.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { askGateway } from '../gateway/ask-gateway.js';

export interface GatewayAddress {
  readonly url: string;
  readonly key: string;
}

export interface PostedTap {
  readonly report: UploadReport;
  readonly answers: readonly QueueAnswer[];
}

/** Uploads all that waits in the queue, and says what became of each tap. */
export async function postWaiting(
  queue: TapQueue,
  { url, key }: GatewayAddress,
  { signal, onRetry }: { signal?: AbortSignal; onRetry?: (reason: string, delayMs: number) => void } = {},
): Promise<PostedTap> {
  const answers: QueueAnswer[] = [];
  const report = await uploadQueue(queue, {
    url,
    apiKey: key,
    fetch,
    clock: () => new Date(),
    random: randomBytes,
    sleep: (milliseconds, ended) =>
      sleep(milliseconds, undefined, ended ? { signal: ended } : {}).catch(() => undefined),
    attemptsMax: 3,
    onAnswers: (some) => answers.push(...some),
    ...(signal && { signal }),
    ...(onRetry && { onRetry }),
  });
  return { report, answers };
}

/** What the gateway says of a tap now, receipt included. */
export async function readPostedTap(id: string, { url, key }: GatewayAddress): Promise<unknown> {
  const answer = await askGateway(url, `v1/taps/${encodeURIComponent(id)}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  if (answer.ok) return answer.json();
  throw new CommandError('gateway-refused', `the gateway answered ${answer.status} to ${id}`, exitCodes.no);
}
