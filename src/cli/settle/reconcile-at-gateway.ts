import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Difference, ReconciliationSummary } from '../../gateway/index.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { askGateway } from '../gateway/ask-gateway.js';

export interface RemoteReconciliation {
  readonly url: string;
  readonly key: string;
  readonly operator: string;
  readonly serviceDay: string;
  readonly amounts: 'fare' | 'debited';
  readonly format: 'csv' | 'ndjson';
  readonly content: Readable;
  readonly onDifference: (difference: Difference) => Promise<void>;
}

/** Sends the file to a gateway and passes on its differences as they come. */
export async function reconcileAt(request: RemoteReconciliation): Promise<ReconciliationSummary> {
  const { url, key, operator, serviceDay, amounts, format, content, onDifference } = request;
  const type = format === 'csv' ? 'text/csv' : 'application/x-ndjson';
  const answer = await askGateway(url, `v1/reconciliations?${new URLSearchParams({ operator, serviceDay, amounts })}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': type },
    body: Readable.toWeb(content) as globalThis.ReadableStream,
    duplex: 'half',
  } as RequestInit);
  if (!answer.ok) {
    const body = (await answer.json().catch(() => ({}))) as Partial<Record<string, string>>;
    const { code = 'gateway-refused', title = `the gateway answered ${answer.status}`, detail } = body;
    const exitCode = answer.status === 400 ? exitCodes.wrongUse : exitCodes.no;
    throw new CommandError(code, detail ? `${title}: ${detail}` : title, exitCode);
  }
  let summary: ReconciliationSummary | undefined;
  for await (const line of createInterface({ input: Readable.fromWeb(answer.body as ReadableStream) })) {
    const value = JSON.parse(line) as Difference | ReconciliationSummary;
    if ('kind' in value) await onDifference(value);
    else summary = value;
  }
  if (summary) return summary;
  throw new CommandError('gateway-refused', 'the answer broke off', exitCodes.no, 'Ask again.');
}
