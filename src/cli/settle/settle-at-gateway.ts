import type { SettledDay, SettlementView } from '../../gateway/index.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { askGateway } from '../gateway/ask-gateway.js';

/** A gateway over HTTP, to settle with. */
export interface SettlingGateway {
  readonly url: string;
  readonly key: string;
}

const headersOf = ({ key }: SettlingGateway) => ({
  authorization: `Bearer ${key}`,
  'content-type': 'application/json',
});

/** What the gateway refuses, as it says it. */
async function orRefused(answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  const { code, title, detail } = (await answer.json().catch(() => ({}))) as Partial<Record<string, string>>;
  const message = `${title ?? `the gateway answered ${answer.status}`}${detail ? `: ${detail}` : ''}`;
  throw new CommandError(code ?? 'gateway-refused', message, exitCodes.no);
}

export async function settleAt(gateway: SettlingGateway, serviceDay: string, close: boolean): Promise<SettledDay> {
  const body = JSON.stringify({ serviceDay, ...(close && { close }) });
  const request = { method: 'POST', headers: headersOf(gateway), body };
  return (await (await orRefused(await askGateway(gateway.url, 'v1/settlements', request))).json()) as SettledDay;
}

export async function fetchFile(
  gateway: SettlingGateway,
  { id }: SettlementView,
  format: 'csv' | 'json',
  write: (chunk: Uint8Array) => Promise<void>,
): Promise<void> {
  const place = `v1/settlements/${id}/file?format=${format}`;
  const { body } = await orRefused(await askGateway(gateway.url, place, { headers: headersOf(gateway) }));
  for await (const chunk of body!) await write(chunk);
}

export async function markSentAt(gateway: SettlingGateway, { id }: SettlementView): Promise<void> {
  const request = { method: 'POST', headers: headersOf(gateway) };
  await orRefused(await askGateway(gateway.url, `v1/settlements/${id}/sending`, request));
}
