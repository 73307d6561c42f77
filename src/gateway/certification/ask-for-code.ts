import type { Transaction } from 'kysely';
import { DAY_MS } from '../../calendar/shanghai.js';
import type { GatewayDatabase, Tables } from '../storage/index.js';
import type { CertificationOptions } from './certification-options.js';
import { type Claimed, hashCode, nameClaim, newCode } from './code-hash.js';
import policy from './code-policy.json';
import { sendCode } from './send-code.js';

export type AskedForCode =
  | { readonly result: 'asked'; readonly validSeconds: number; readonly sent: Promise<void> }
  | { readonly result: 'too-soon'; readonly retryAfterSeconds: number };

/**
 * Makes a one-time code for who is named, and has it sent where there is such a member. Who asks learns nothing of
 * that: a claim that is nobody's takes the same way, keeps the same row and has the same limits; looking up and sending
 * come after the answer (`sent`).
 */
export async function askForCode(options: CertificationOptions, claimed: Claimed): Promise<AskedForCode> {
  const { database, tokenKey, clock, random } = options;
  const claim = nameClaim(tokenKey, claimed);
  const code = newCode(random);
  const hash = hashCode(tokenKey, claim.subject, code);
  const nowMs = clock().getTime();
  const retryAfterMs = await database.inTransaction((transaction) =>
    reserve(transaction, database.kind, claim.subject, hash, nowMs),
  );
  if (retryAfterMs > 0) return { result: 'too-soon', retryAfterSeconds: Math.ceil(retryAfterMs / 1000) };
  const sent = sendCode(options, claim, { code, hash, askedAtMs: nowMs }).catch((err: unknown) =>
    options.logger.error({ err }, 'a code for a certification was not sent'),
  );
  return { result: 'asked', validSeconds: policy.validSeconds, sent };
}

/** Puts the new code in the place of the one before. Milliseconds to wait where it is too soon for another one. */
async function reserve(
  transaction: Transaction<Tables>,
  kind: GatewayDatabase['kind'],
  subject: string,
  hash: string,
  nowMs: number,
): Promise<number> {
  const fresh = { member: null, code_hash: null, expires_at_ms: 0, tries_left: 0, used_at_ms: null };
  await transaction
    .insertInto('certification_codes')
    .values({ subject, ...fresh, asked_at_ms: 0, asked: 0, day_from_ms: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await transaction
    .selectFrom('certification_codes')
    .selectAll()
    .where('subject', '=', subject)
    .$if(kind === 'postgresql', (query) => query.forUpdate())
    .executeTakeFirstOrThrow();
  const sinceMs = nowMs - row.asked_at_ms;
  if (sinceMs < policy.pauseSeconds * 1000) return policy.pauseSeconds * 1000 - sinceMs;
  const isSameDay = nowMs - row.day_from_ms < DAY_MS;
  if (isSameDay && row.asked >= policy.codesPerDay) return row.day_from_ms + DAY_MS - nowMs;
  await transaction
    .updateTable('certification_codes')
    .set({
      code_hash: hash,
      expires_at_ms: nowMs + policy.validSeconds * 1000,
      tries_left: policy.tries,
      used_at_ms: null,
      asked_at_ms: nowMs,
      asked: isSameDay ? row.asked + 1 : 1,
      day_from_ms: isSameDay ? row.day_from_ms : nowMs,
    })
    .where('subject', '=', subject)
    .execute();
  return 0;
}
