import type { Transaction } from 'kysely';
import { DAY_MS } from '../../calendar/shanghai.js';
import { createPersonalDataCipher } from '../membership/personal-data-cipher.js';
import { openPrivateData } from '../membership/private-data.js';
import type { Tables } from '../storage/index.js';
import type { CertificationOptions } from './certification-options.js';
import { yearToCertify } from './certification-year.js';
import type { NamedClaim } from './code-hash.js';
import policy from './code-policy.json';

interface MadeCode {
  readonly code: string;
  readonly hash: string;
  readonly askedAtMs: number;
}

const MINUTE_S = 60;

/**
 * Finds the member of a claim and puts the code into the outbox, to the number of the register. A member has one code
 * at a time, whichever way it was asked for, and as few a day as a claim has.
 */
export async function sendCode(options: CertificationOptions, claim: NamedClaim, made: MadeCode): Promise<void> {
  const { database, messages, clock, random, personalDataKey, formerDataKeys } = options;
  const cipher = createPersonalDataCipher(personalDataKey, random, formerDataKeys);
  const isSent = await database.inTransaction(async (transaction) => {
    const row = await findMember(transaction, claim, database.kind === 'postgresql');
    const mobile = row && openPrivateData(cipher, row).mobile;
    const member = mobile === undefined ? null : row!.member;
    const isAllowed = member !== null && (await isMemberFree(transaction, member, claim.subject, made.askedAtMs));
    await transaction
      .updateTable('certification_codes')
      .set({ member, ...(!isAllowed && { code_hash: null }) })
      .where('subject', '=', claim.subject)
      .where('code_hash', '=', made.hash)
      .execute();
    if (!isAllowed || mobile === undefined) return false;
    const year = String(yearToCertify(options.policy, clock()));
    const values = { code: made.code, year, minutes: String(policy.validSeconds / MINUTE_S) };
    await messages.sendMessage(transaction, { to: mobile, template: 'certification-code', values, member });
    return true;
  });
  if (isSent) messages.deliverSoon();
}

/** `isLocking`: of two codes that are asked for in two ways at once, the second sees the first. */
async function findMember(transaction: Transaction<Tables>, { identityToken, second }: NamedClaim, isLocking: boolean) {
  const row = await transaction
    .selectFrom('members')
    .select(['member', 'private_data', 'mobile_token'])
    .where('identity_token', '=', identityToken)
    .$if(isLocking, (query) => query.forUpdate())
    .executeTakeFirst();
  if ('mobileToken' in second) return row?.mobile_token === second.mobileToken ? row : undefined;
  const card = await transaction
    .selectFrom('cards')
    .select('member')
    .where('card_token', '=', second.cardToken)
    .executeTakeFirst();
  return row && card?.member === row.member ? row : undefined;
}

/** Ends the member's other codes; `false` where the member has had too many. */
async function isMemberFree(
  transaction: Transaction<Tables>,
  member: string,
  subject: string,
  nowMs: number,
): Promise<boolean> {
  const claims = await transaction
    .selectFrom('certification_codes')
    .select(['subject', 'asked', 'asked_at_ms', 'day_from_ms'])
    .where(({ eb, or }) => or([eb('member', '=', member), eb('subject', '=', subject)]))
    .where('day_from_ms', '>', nowMs - DAY_MS)
    .execute();
  const isTooSoon = claims.some(
    (claim) => claim.subject !== subject && nowMs - claim.asked_at_ms < policy.pauseSeconds * 1000,
  );
  const asked = claims.reduce((sum, claim) => sum + claim.asked, 0);
  if (isTooSoon || asked > policy.codesPerDay) return false;
  await transaction
    .updateTable('certification_codes')
    .set({ code_hash: null })
    .where('member', '=', member)
    .where('subject', '!=', subject)
    .execute();
  return true;
}
