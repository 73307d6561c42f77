import { inChunks } from './in-chunks.js';
import { knownMembers } from './known-members.js';
import type { CertificationChange } from './membership-changes.js';
import { type Recording, refuse } from './recording.js';

/** Records certifications, and says how many are new. One that is known is never changed. */
export async function recordCertifications(
  changes: readonly CertificationChange[],
  recording: Recording,
): Promise<number> {
  const { transaction, nowMs } = recording;
  let count = 0;
  await inChunks(changes, async (chunk) => {
    const known = await knownMembers(
      transaction,
      chunk.map(({ member }) => member),
    );
    const rows = chunk.flatMap(({ origin, member, year, at, by }) => {
      if (known.has(member)) return [{ member, year, at, at_ms: Date.parse(at), by, recorded_at_ms: nowMs }];
      refuse(recording, origin, 'member', 'member-unknown');
      return [];
    });
    if (rows.length === 0) return;
    const { numInsertedOrUpdatedRows: added = 0n } = await transaction
      .insertInto('certifications')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    count += Number(added);
  });
  return count;
}
