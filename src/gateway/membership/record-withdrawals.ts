import { insertRows } from '../intake/insert-rows.js';
import { inChunks } from './in-chunks.js';
import { knownMembers } from './known-members.js';
import type { WithdrawalChange } from './membership-changes.js';
import { type Recording, refuse, touch } from './recording.js';

/**
 * Records that certifications are withdrawn, and says how many withdrawals are new. Nothing is deleted: what was
 * certified when stays to be read. A member who had none by then is refused.
 */
export async function recordWithdrawals(changes: readonly WithdrawalChange[], recording: Recording): Promise<number> {
  let count = 0;
  await inChunks(changes, async (chunk) => {
    count += await recordChunk(chunk, recording);
  });
  return count;
}

async function recordChunk(changes: readonly WithdrawalChange[], recording: Recording): Promise<number> {
  const { transaction, nowMs, touchedMembers } = recording;
  const members = [...new Set(changes.map(({ member }) => member))];
  const known = await knownMembers(recording, members);
  const certifications = await transaction
    .selectFrom('certifications')
    .selectAll()
    .where('member', 'in', members)
    .execute();
  const kept = await transaction
    .selectFrom('certification_withdrawals')
    .selectAll()
    .where('member', 'in', members)
    .execute();
  const seen = new Set(kept.map(({ member, year, at_ms }) => `${year} ${at_ms} ${member}`));
  const rows = changes.flatMap(({ origin, member, year, at, reason }) => {
    const atMs = Date.parse(at);
    const isCertified = certifications.some((one) => one.member === member && one.year === year && one.at_ms <= atMs);
    if (!known.has(member)) refuse(recording, origin, 'member', 'member-unknown');
    else if (!isCertified) refuse(recording, origin, 'year', 'certification-unknown');
    const key = `${year} ${atMs} ${member}`;
    if (!isCertified || seen.has(key)) return [];
    seen.add(key);
    touch(touchedMembers, member, atMs);
    return [{ member, year, at, at_ms: atMs, reason: reason ?? null, recorded_at_ms: nowMs }];
  });
  await insertRows(transaction, 'certification_withdrawals', rows, { isIfNew: true });
  return rows.length;
}
