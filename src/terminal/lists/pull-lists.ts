import { type ListKind, listKinds } from '../../lists/index.js';
import type { Applied, LearntKeys, ListStore } from './list-store.js';
import { readBounded } from './read-bounded.js';

/** Where lists come from. */
export interface ListGateway {
  readonly url: string;
  readonly apiKey: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly signal?: AbortSignal | undefined;
  /** Default 60 seconds for each list. */
  readonly timeoutMs?: number | undefined;
}

export type Pulled =
  | Applied
  /** `none`: the gateway has published no such list. */
  | { readonly ok: true; readonly kind: ListKind; readonly how: 'none' }
  /** The gateway did not answer, or not with a list; `status` 0: not at all. */
  | { readonly ok: false; readonly kind: ListKind; readonly code: string; readonly status: number };

export interface PullReport {
  readonly keys: LearntKeys | { readonly ok: false; readonly code: string; readonly status: number };
  readonly lists: readonly Pulled[];
}

const TIMEOUT_MS = 60_000;

/** A list of ten million cards has less. */
const ANSWER_BYTES_MAX = 256 * 1024 * 1024;

/**
 * Brings a terminal's lists up to date: asks for what has changed since the versions that it has, and for the whole
 * where that does not fit. Each list stands for itself: one that fails leaves the others. Throws QueueError where the
 * disk fails.
 */
export async function pullLists(
  store: ListStore,
  gateway: ListGateway,
  { pin, kinds = listKinds, onPulled }: PullOptions = {},
): Promise<PullReport> {
  const keys = await pullKeys(store, gateway, pin);
  const lists: Pulled[] = [];
  for (const kind of keys.ok || store.keys.length > 0 ? kinds : []) {
    const pulled = await pullList(store, gateway, kind);
    lists.push(pulled);
    onPulled?.(pulled);
  }
  return { keys, lists };
}

export interface PullOptions {
  /** The id of the key that is trusted first. */
  readonly pin?: string | undefined;
  readonly kinds?: readonly ListKind[] | undefined;
  readonly onPulled?: ((pulled: Pulled) => void) | undefined;
}

async function pullKeys(store: ListStore, gateway: ListGateway, pin: string | undefined): Promise<PullReport['keys']> {
  const answer = await ask(gateway, 'v1/lists/keys');
  return answer.ok ? store.learnKeys(answer.body, pin) : answer;
}

async function pullList(store: ListStore, gateway: ListGateway, kind: ListKind): Promise<Pulled> {
  const version = store.list(kind)?.header.version ?? 0;
  const pulled = await pullAfter(store, gateway, kind, version);
  const isMisfit = !pulled.ok && (pulled.code === 'delta-base-other' || pulled.code === 'content-mismatch');
  return isMisfit && version > 0 ? pullAfter(store, gateway, kind, 0) : pulled;
}

async function pullAfter(store: ListStore, gateway: ListGateway, kind: ListKind, after: number): Promise<Pulled> {
  const answer = await ask(gateway, `v1/lists/${kind}?after=${after}`);
  if (!answer.ok) {
    if (answer.code === 'list-not-published') return { ok: true, kind, how: 'none' };
    return { ...answer, kind };
  }
  if (answer.status === 204) return { ok: true, kind, version: after, how: 'unchanged' };
  return store.apply(kind, answer.body);
}

/** What the gateway is told of a terminal after its lists were brought up to date. */
export interface OwnReport {
  readonly operator: string;
  readonly terminal: string;
  /** ISO 8601 with offset. */
  readonly at: string;
  readonly software?: string | undefined;
  readonly batteryPercent?: number | undefined;
}

export type Reported = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly status: number };

/** Tells the gateway which versions the terminal has applied, and how it is. */
export async function reportLists(
  store: ListStore,
  gateway: ListGateway,
  { operator, terminal, ...said }: OwnReport,
): Promise<Reported> {
  const lists = Object.fromEntries(listKinds.map((kind) => [kind, store.list(kind)?.header.version ?? 0]));
  const path = `v1/terminals/${encodeURIComponent(operator)}/${encodeURIComponent(terminal)}/reports`;
  const answer = await ask(gateway, path, { ...said, lists });
  return answer.ok ? { ok: true } : answer;
}

type Asked =
  | { readonly ok: true; readonly status: number; readonly body: unknown }
  | { readonly ok: false; readonly status: number; readonly code: string };

async function ask(
  { apiKey, fetch, signal, timeoutMs, url }: ListGateway,
  path: string,
  body?: object,
): Promise<Asked> {
  const timeout = AbortSignal.timeout(timeoutMs ?? TIMEOUT_MS);
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${apiKey}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      // A redirect could carry the key elsewhere.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const text = await readBounded(response, ANSWER_BYTES_MAX);
    const answered = text === '' ? undefined : JSON.parse(text);
    if (response.ok) return { ok: true, status: response.status, body: answered };
    const { code = `http-${response.status}` } = (answered ?? {}) as { code?: string };
    return { ok: false, status: response.status, code };
  } catch (error) {
    return { ok: false, status: 0, code: reasonOf(error) };
  }
}

/** What failed, without address or body. */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError || error instanceof RangeError) return 'answer-unreadable';
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  return typeof cause?.code === 'string' ? cause.code : 'no-connection';
}
