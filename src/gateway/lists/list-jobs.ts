import { type ListKind, listKinds } from '../../lists/index.js';
import { doEach, type Job } from '../jobs/index.js';
import type { GatewayDatabase } from '../storage/index.js';
import type { ListOptions } from './list-options.js';

/** So long a list is left alone where nobody recorded anything: states and certifications begin by themselves. */
const ANYWAY_MS = 3_600_000;
const DENY_ANYWAY_MS = 60_000;
const SETTLED_MS = 2000;

/**
 * Publishes by itself: the deny list within seconds after a card was reported lost, the others in their own time. A
 * list is made again where something was recorded since it was made last, and now and then all the same.
 */
export function publishJobs(
  { clock, database, policy }: ListOptions,
  publish: (kind: ListKind) => Promise<unknown>,
): readonly Job[] {
  const job = (name: string, everySeconds: number, kinds: readonly ListKind[], anywayMs: number): Job => {
    let made: { readonly mark: number; readonly atMs: number } | undefined;
    return {
      name,
      everySeconds,
      async run(signal) {
        const mark = await readMark(database);
        const atMs = clock().getTime();
        if (made?.mark === mark && atMs - made.atMs < anywayMs) return;
        await doEach(kinds, signal, publish);
        if (signal.aborted) return;
        // What was recorded just now may not be all of that instant.
        made = atMs - mark > SETTLED_MS ? { mark, atMs } : undefined;
      },
    };
  };
  const others = listKinds.filter((kind) => kind !== 'deny');
  return [
    job('publish-deny-list', policy.denySeconds, ['deny'], DENY_ANYWAY_MS),
    job('publish-other-lists', policy.othersSeconds, others, ANYWAY_MS),
  ];
}

const RECORDED = [
  'cards',
  'card_states',
  'card_exchanges',
  'certifications',
  'certification_withdrawals',
  'membership_changes',
] as const;

/** When the last fact of cards and members was recorded: another instant where there is something new. */
async function readMark({ kysely }: Pick<GatewayDatabase, 'kysely'>): Promise<number> {
  let mark = 0;
  for (const table of RECORDED) {
    const newest = kysely.selectFrom(table).select('recorded_at_ms').orderBy('recorded_at_ms', 'desc').limit(1);
    mark = Math.max(mark, Number((await newest.executeTakeFirst())?.recorded_at_ms ?? 0));
  }
  return mark;
}
