import { insertRows } from '../intake/insert-rows.js';
import { inChunks } from './in-chunks.js';
import { knownMembers, withFacts } from './known-members.js';
import type { CertificationChange } from './membership-changes.js';
import { type Recording, refuse, touch } from './recording.js';

/** Records certifications, and says how many are new. One that is known is never changed. */
export async function recordCertifications(
  changes: readonly CertificationChange[],
  recording: Recording,
): Promise<number> {
  let count = 0;
  await inChunks(changes, async (chunk) => {
    count += await recordChunk(chunk, recording);
  });
  return count;
}

const keyOf = (member: string, year: number, atMs: number, by: string): string => `${year} ${atMs} ${by} ${member}`;

async function recordChunk(changes: readonly CertificationChange[], recording: Recording): Promise<number> {
  const { transaction, nowMs, touchedMembers } = recording;
  const members = [...new Set(changes.map(({ member }) => member))];
  const known = await knownMembers(recording, members);
  const before = withFacts(recording, members);
  const kept =
    before.length === 0
      ? []
      : await transaction.selectFrom('certifications').selectAll().where('member', 'in', before).execute();
  const seen = new Set(kept.map(({ member, year, at_ms, by }) => keyOf(member, year, at_ms, by)));
  const rows = changes.flatMap(({ origin, member, year, at, by }) => {
    const atMs = Date.parse(at);
    const key = keyOf(member, year, atMs, by);
    if (!known.has(member)) refuse(recording, origin, 'member', 'member-unknown');
    if (!known.has(member) || seen.has(key)) return [];
    seen.add(key);
    touch(touchedMembers, member, atMs);
    return [{ member, year, at, at_ms: atMs, by, recorded_at_ms: nowMs }];
  });
  await insertRows(transaction, 'certifications', rows, { isIfNew: true });
  return rows.length;
}
