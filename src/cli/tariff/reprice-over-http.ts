import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { CommandError, exitCodes } from '../exit-codes.js';
import { askGateway } from '../gateway/ask-gateway.js';

const fen = z.int();
const price = z.object({ tariff: z.string().optional(), fareFen: fen, netFen: fen });

const repricingSchema = z.object({
  id: z.string(),
  status: z.enum(['running', 'stopped', 'done']),
  dryRun: z.boolean(),
  report: z.object({
    cards: z.int(),
    journeys: z.int(),
    changed: z.int(),
    fareFen: fen,
    cardFen: fen,
    sponsors: z.array(z.object({ sponsor: z.string(), amountFen: fen })).readonly(),
    examples: z
      .array(
        z.object({ journeyId: z.string(), serviceDay: z.string(), before: price.optional(), after: price.optional() }),
      )
      .readonly(),
  }),
});

export type RepricingView = z.infer<typeof repricingSchema>;

interface Asked {
  readonly post: string;
  readonly key: string;
  readonly from?: string;
  readonly to?: string;
  readonly resume?: string;
  readonly dryRun?: boolean;
}

const POLL_MS = 250;

/** Asks a gateway for a repricing, or to go on with one, and waits until it is done. Throws {@link CommandError}. */
export async function repriceOverHttp({ post, key, from, to = from, resume, dryRun = false }: Asked) {
  const ask = async (path: string, body?: object): Promise<RepricingView> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const request = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
    const response = await askGateway(post, path, request);
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw refused(answer, response.status);
    return repricingSchema.parse(answer);
  };
  const path = 'v1/fares/repricings';
  let repricing =
    resume === undefined
      ? await ask(path, { from, to, dryRun })
      : await ask(`${path}/${encodeURIComponent(resume)}/resume`, {});
  while (repricing.status === 'running') {
    await setTimeout(POLL_MS);
    repricing = await ask(`${path}/${repricing.id}`);
  }
  return repricing;
}

function refused(answer: unknown, status: number): CommandError {
  const { data } = z.object({ code: z.string(), title: z.string(), detail: z.string().optional() }).safeParse(answer);
  return new CommandError(
    data?.code ?? 'gateway-refused',
    data?.detail ?? data?.title ?? `HTTP ${status}`,
    exitCodes.no,
  );
}
