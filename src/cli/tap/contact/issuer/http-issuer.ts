import { z } from 'zod';
import { type DataMap, encode, toHex } from '../../../../../emv/index.js';
import type { AuthorizationAnswer } from '../../../../../simulator/index.js';
import { CommandError } from '../../../exit-codes.js';
import { type IssuerLine, issuerRefused } from './issuer-line.js';
import messageTags from './message-tags.json';

/** How long an issuer may take, and how often it is asked: the same request gets the same answer. */
const LIMITS = { answerMs: 15_000, attempts: 2 } as const;

const hex = (digitsMin: number, digitsMax: number) =>
  z
    .string()
    .regex(/^([0-9A-Fa-f]{2})*$/)
    .min(digitsMin)
    .max(digitsMax);

/** As far as a terminal needs it; the rest of the answer is for people. */
const answerSchema = z.looseObject({
  id: z.string().optional(),
  responseCode: z.string().length(2),
  issuerAuthenticationData: hex(16, 32).optional(),
  authorizationCode: z.string().length(6).optional(),
  scripts: z.array(hex(4, 512).regex(/^7[12]/)),
});

export interface HttpIssuerOptions {
  readonly url: string;
  readonly key?: string | undefined;
  /** Told of an issuer that does not answer. */
  readonly onFailure: (message: string) => void;
}

/** An issuer over HTTP, as `yongtap issuer` serves one. */
export function httpIssuer(options: HttpIssuerOptions): IssuerLine {
  return {
    async authorize({ data, kind, pinBlock }) {
      const message = { field55: field55Of(data), kind, ...(pinBlock && { pinBlock: toHex(pinBlock) }) };
      const answer = await post(options, 'v1/authorizations', message);
      if (answer === undefined) return undefined;
      const parsed = answerSchema.safeParse(answer);
      if (parsed.success) return answer as AuthorizationAnswer;
      throw issuerRefused(`${options.url} answers in another language`);
    },
    async confirm(authorization, { reversalRequired, scriptResults }) {
      const outcome = reversalRequired ? 'reversed' : 'completed';
      const told = { authorization, outcome, scriptResults: scriptResults.map(toHex) };
      return (await post(options, 'v1/confirmations', told)) !== undefined;
    },
    advise: async (data) => (await post(options, 'v1/advices', { field55: field55Of(data) })) !== undefined,
  };
}

const field55Of = (data: DataMap): string =>
  toHex(
    encode(
      messageTags.flatMap((tag) => {
        const value = data.get(tag);
        return value === undefined ? [] : [{ tag, value }];
      }),
    ),
  );

async function post(options: HttpIssuerOptions, path: string, body: unknown): Promise<unknown> {
  const { url, key, onFailure } = options;
  let failure = '';
  for (let attempt = 0; attempt < LIMITS.attempts; attempt++) {
    try {
      const response = await fetch(new URL(path, url.endsWith('/') ? url : `${url}/`), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(LIMITS.answerMs),
      });
      if (response.ok) return await response.json();
      if (response.status < 500) throw refusal(url, response.status, (await response.json().catch(() => ({}))) as Told);
      failure = `it answers ${response.status}`;
    } catch (error) {
      if (error instanceof CommandError) throw error;
      failure = causeOf(error as Error);
    }
  }
  onFailure(`the issuer at ${url} does not answer: ${failure}`);
  return undefined;
}

const causeOf = ({ cause, message }: Error): string => (cause instanceof Error ? cause.message || message : message);

/** What a problem tells. */
interface Told {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
}

function refusal(url: string, status: number, problem: Told): CommandError {
  const { code, detail, title = '' } = problem;
  const hint =
    status === 401 ? 'Give the key that yongtap issuer printed: --issuer-key, or YONGTAP_ISSUER_KEY.' : undefined;
  const said = `${detail ?? title}${code ? ` [${code}]` : ''}`;
  return issuerRefused(`the issuer at ${url} refuses: ${status} ${said}`, hint);
}
