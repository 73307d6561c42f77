import type { Transaction } from 'kysely';
import { appendAudit } from '../audit/index.js';
import type { CertificationField } from '../membership/index.js';
import type { Tables } from '../storage/index.js';
import { applyCertifications, type CertificationOutcome } from './apply-certifications.js';
import type { CertificationOptions } from './certification-options.js';
import { isYearOpen, ruleOf, yearToCertify } from './certification-year.js';
import { type Claimed, hashCode, isSameHash, nameClaim } from './code-hash.js';
import type { ConfirmedFields } from './confirmed-fields.js';

export type SelfCertified =
  | { readonly result: 'code-not-accepted' }
  | { readonly result: 'year-not-open'; readonly year: number }
  | { readonly result: 'not-confirmed'; readonly missing: readonly CertificationField[] }
  | { readonly result: 'done'; readonly year: number; readonly outcome: CertificationOutcome };

export interface SelfCertification {
  readonly claimed: Claimed;
  readonly code: string;
  readonly said: ConfirmedFields;
  /** This year, or the next where this one needs none, if not told. */
  readonly year?: number | undefined;
  readonly requestId: string;
}

/**
 * Certifies a member who shows a code, once: of two who show it at the same time one is certified. Every look at a code
 * uses up one of its tries, kept before it is compared. A certification that is refused leaves the code good.
 */
export async function certifySelf(options: CertificationOptions, wish: SelfCertification): Promise<SelfCertified> {
  const { database, tokenKey, clock, policy } = options;
  const year = wish.year ?? yearToCertify(policy, clock());
  if (!isYearOpen(policy, year, clock())) return { result: 'year-not-open', year };
  const missing = ruleOf(policy, year)!.confirms.filter((field) => wish.said[field] === undefined);
  if (missing.length > 0) return { result: 'not-confirmed', missing };
  const { subject } = nameClaim(tokenKey, wish.claimed);
  const hash = hashCode(tokenKey, subject, wish.code);
  const member = await database.inTransaction((transaction) => tryCode(transaction, subject, hash, clock().getTime()));
  if (member === undefined) return { result: 'code-not-accepted' };
  const certified = await database
    .inTransaction(async (transaction): Promise<SelfCertified> => {
      const wishes = [{ member, said: wish.said }];
      const [outcome] = await applyCertifications(options, transaction, wishes, { year, by: 'self', actor: 'self' });
      if (outcome!.result === 'refused') return { result: 'done', year, outcome: outcome! };
      if (!(await useUp(transaction, subject, hash, clock().getTime()))) throw new CodeTaken();
      const at = clock();
      const parameters = { member, year: String(year) };
      const { requestId } = wish;
      const entry = { at, actor: 'self', operation: 'certifySelf', phase: 'done', requestId, parameters, status: 200 };
      await appendAudit(transaction, entry as Parameters<typeof appendAudit>[1]);
      return { result: 'done', year, outcome: outcome! };
    })
    .catch((error: unknown): SelfCertified => {
      if (error instanceof CodeTaken) return { result: 'code-not-accepted' };
      throw error;
    });
  await options.afterRecording?.();
  return certified;
}

class CodeTaken extends Error {}

/** The member whose code it is. */
async function tryCode(
  transaction: Transaction<Tables>,
  subject: string,
  hash: string,
  nowMs: number,
): Promise<string | undefined> {
  const row = await transaction
    .updateTable('certification_codes')
    .set(({ eb }) => ({ tries_left: eb('tries_left', '-', 1) }))
    .where('subject', '=', subject)
    .where('tries_left', '>', 0)
    .where('expires_at_ms', '>', nowMs)
    .where('used_at_ms', 'is', null)
    .returning(['member', 'code_hash'])
    .executeTakeFirst();
  const isRight = isSameHash(row?.code_hash ?? NO_HASH, hash);
  return isRight ? (row?.member ?? undefined) : undefined;
}

const NO_HASH = '0'.repeat(64);

async function useUp(transaction: Transaction<Tables>, subject: string, hash: string, nowMs: number): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('certification_codes')
    .set({ used_at_ms: nowMs, tries_left: 0 })
    .where('subject', '=', subject)
    .where('code_hash', '=', hash)
    .where('used_at_ms', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
