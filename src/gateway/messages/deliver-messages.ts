import type { Logger } from 'pino';
import type { GatewayDatabase } from '../storage/index.js';
import { ATTEMPTS_MAX, type AttemptResult, postEvent, retryDelay, signedHeaders } from '../webhooks/index.js';
import { type ClaimedMessage, claimMessages } from './claim-messages.js';
import type { MessageSeal } from './message-seal.js';
import { wordMessage } from './message-templates.js';

/** Where messages go: somebody's service that sends them on to mobile phones. */
export interface MessageEndpoint {
  readonly url: string;
  /** `whsec_` and base64: signs each delivery as webhooks are signed. */
  readonly secret: string;
}

export interface DeliveryOptions {
  readonly database: GatewayDatabase;
  readonly seal: MessageSeal;
  readonly endpoint: MessageEndpoint;
  readonly clock: () => Date;
  readonly random: (length: number) => Uint8Array;
  readonly version: string;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

const LANES_MAX = 8;

/** Sends what is due, in lots, until nothing is. What fails is tried again later, and no longer than it is good for. */
export async function deliverMessages(options: DeliveryOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const claimed = [...(await claimMessages(options.database, options.clock().getTime()))];
    if (claimed.length === 0) return;
    const work = async () => {
      for (let message = claimed.shift(); message; message = claimed.shift()) await attempt(message, options, signal);
    };
    await Promise.all(Array.from({ length: LANES_MAX }, work));
  }
}

/** What is not sent because the gateway stops is given back. */
async function attempt(message: ClaimedMessage, options: DeliveryOptions, signal: AbortSignal): Promise<void> {
  const { database, logger } = options;
  const { id, template } = message;
  const result = signal.aborted ? undefined : await post(message, options, signal);
  const after = result ? stateAfter(message, result, options) : { state: 'pending' as const, leased_until_ms: 0 };
  await database.kysely.updateTable('messages').set(after).where('id', '=', id).execute();
  if (!result) return;
  const line = { message: id, template, outcome: result.outcome, status: result.status, state: after.state };
  logger[after.state === 'dead' ? 'warn' : 'info'](line, 'message');
}

async function post(
  { id, template, sealed, created_at_ms }: ClaimedMessage,
  { seal, endpoint, clock, version }: DeliveryOptions,
  signal: AbortSignal,
): Promise<AttemptResult | undefined> {
  const { to, values } = seal.open(id, sealed);
  const at = new Date(created_at_ms).toISOString();
  const body = JSON.stringify({
    id,
    type: 'message',
    timestamp: at,
    to,
    template,
    values,
    ...wordMessage(template, values),
  });
  const timestamp = Math.floor(clock().getTime() / 1000);
  const signed = signedHeaders({ eventId: id, timestamp, body }, [endpoint.secret]);
  const headers = { ...signed, 'user-agent': `yongtap/${version}` };
  try {
    return await postEvent({ url: endpoint.url, headers, body, isPrivateAllowed: true, clock, signal });
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

/** What was delivered, or never will be, is no longer kept: only that there was something. */
function stateAfter(
  { attempts }: ClaimedMessage,
  { outcome, retryAfterMs = 0 }: AttemptResult,
  { clock, random }: DeliveryOptions,
) {
  const done = attempts + 1;
  const isDead = outcome === 'gone' || done >= ATTEMPTS_MAX;
  const next_attempt_at_ms = clock().getTime() + retryDelay(done, random, retryAfterMs);
  const common = { attempts: done, outcome, next_attempt_at_ms, leased_until_ms: 0 };
  if (outcome === 'delivered') return { ...common, state: 'delivered' as const, sealed: null };
  return isDead ? { ...common, state: 'dead' as const, sealed: null } : { ...common, state: 'pending' as const };
}
