import { insertRows } from '../intake/insert-rows.js';
import { inChunks } from './in-chunks.js';
import { knownMembers, withFacts } from './known-members.js';
import type { MembershipEvent } from './membership-changes.js';
import { BEGINNING_MS, type Recording, refuse, touch } from './recording.js';

/** Records when members joined and left, and says how many of these are new. One that is known is never changed. */
export async function recordMemberships(changes: readonly MembershipEvent[], recording: Recording): Promise<number> {
  let count = 0;
  await inChunks(changes, async (chunk) => {
    count += await recordChunk(chunk, recording);
  });
  return count;
}

async function recordChunk(changes: readonly MembershipEvent[], recording: Recording): Promise<number> {
  const { transaction, nowMs, touchedMembers } = recording;
  const members = [...new Set(changes.map(({ member }) => member))];
  const known = await knownMembers(recording, members);
  const before = withFacts(recording, members);
  const kept =
    before.length === 0
      ? []
      : await transaction.selectFrom('membership_changes').selectAll().where('member', 'in', before).execute();
  const changeAt = new Map(kept.map(({ member, from_ms, change }) => [`${from_ms} ${member}`, change]));
  const rows = changes.flatMap(({ origin, member, change, from, reason }) => {
    const fromMs = Date.parse(from);
    const key = `${fromMs} ${member}`;
    const said = changeAt.get(key);
    if (!known.has(member)) refuse(recording, origin, 'member', 'member-unknown');
    else if (said !== undefined && said !== change) refuse(recording, origin, change, 'contradiction');
    if (!known.has(member) || said !== undefined) return [];
    changeAt.set(key, change);
    // Who is said to have joined was no member before.
    if (change === 'left' && recording.members.get(member) !== 'new') {
      recording.leavers.push({ member, from });
    }
    touch(touchedMembers, member, change === 'joined' ? BEGINNING_MS : fromMs);
    return [{ member, change, from, from_ms: fromMs, reason: reason ?? null, recorded_at_ms: nowMs }];
  });
  await insertRows(transaction, 'membership_changes', rows, { isIfNew: true });
  return rows.length;
}
