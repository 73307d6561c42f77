import { insertRows } from '../intake/insert-rows.js';
import type { Reach } from '../people/index.js';
import type { CertificationOptions } from './certification-options.js';
import { ruleOf } from './certification-year.js';
import { type DueMember, listDue } from './list-due.js';

export interface ReminderQuery {
  readonly year: number;
  readonly reach: Reach;
  /** Each member is reminded once in a period. */
  readonly period: string;
  readonly state?: DueMember['state'] | undefined;
  /** At most so many are looked at. */
  readonly limit: number;
  /** Behind this member. */
  readonly after?: string | undefined;
}

export interface SentReminders {
  readonly sent: number;
  readonly withoutMobile: number;
  /** The member behind whom to go on, where there are more. */
  readonly next?: string;
}

const TOGETHER = 500;

/** Sends each member who is not certified a message, once in a period whoever asks for it and however often. */
export async function sendReminders(options: CertificationOptions, query: ReminderQuery): Promise<SentReminders> {
  const { year, reach, period, state, limit } = query;
  let [sent, withoutMobile, looked] = [0, 0, 0];
  let { after } = query;
  for (;;) {
    const wanted = Math.min(TOGETHER, limit - looked);
    const due = await listDue(options, {
      year,
      reach,
      state,
      after,
      notRemindedIn: period,
      isRevealed: true,
      limit: wanted + 1,
    });
    const lot = due.slice(0, wanted);
    const reachable = lot.filter(({ mobile }) => mobile !== undefined);
    withoutMobile += lot.length - reachable.length;
    sent += await remind(options, query, reachable);
    looked += lot.length;
    after = lot.at(-1)?.member;
    const hasMore = due.length > wanted;
    if (hasMore && looked < limit) continue;
    options.messages.deliverSoon();
    return { sent, withoutMobile, ...(hasMore && after !== undefined && { next: after }) };
  }
}

async function remind(
  { database, messages, policy, clock }: CertificationOptions,
  { year, period }: ReminderQuery,
  due: readonly DueMember[],
): Promise<number> {
  if (due.length === 0) return 0;
  const { grace, lapses } = ruleOf(policy, year) ?? {};
  const until = grace ? `${year}-${grace.until}` : `${year}-${lapses?.day ?? '12-31'}`;
  return database.inTransaction(async (transaction) => {
    const atMs = clock().getTime();
    const rows = due.map(({ member }) => ({ member, year, period, at_ms: atMs }));
    const isNew = { isIfNew: true, returning: 'member' } as const;
    const inserted = await insertRows(transaction, 'certification_reminders', rows, isNew);
    const isMine = new Set(inserted.map(({ member }) => member));
    for (const { member, mobile, state } of due) {
      if (!isMine.has(member)) continue;
      const template = state === 'due' ? 'certification-reminder' : 'certification-lapsed';
      await messages.sendMessage(transaction, {
        to: mobile!,
        member,
        template,
        values: state === 'due' ? { year: String(year), until } : { year: String(year) },
      });
    }
    return isMine.size;
  });
}
