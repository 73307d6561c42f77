import type { PersonChange } from './membership-changes.js';
import { type Recording, refuse } from './recording.js';

/** Refuses what names a unit that is not in the hierarchy; gives the others. */
export async function withKnownUnits(
  persons: readonly PersonChange[],
  recording: Recording,
): Promise<readonly PersonChange[]> {
  const asked = [...new Set(persons.flatMap(({ unitId }) => unitId ?? []))];
  if (asked.length === 0) return persons;
  const found = await recording.transaction.selectFrom('units').select('unit').where('unit', 'in', asked).execute();
  const known = new Set(found.map(({ unit }) => unit));
  const isGood = ({ unitId }: PersonChange): boolean => unitId === undefined || known.has(unitId);
  for (const person of persons) if (!isGood(person)) refuse(recording, person.origin, 'unitId', 'unit-unknown');
  return persons.filter(isGood);
}
