import { groupBy } from '../group-by.js';
import { insertRows } from '../intake/insert-rows.js';
import type { MembersTable } from '../storage/membership-tables.js';
import { inChunks } from './in-chunks.js';
import type { PersonChange } from './membership-changes.js';
import { openPrivateData, type PrivateData, privateFields, sealPrivateData } from './private-data.js';
import { type Recording, refuse } from './recording.js';

type Person = Omit<PersonChange, 'origin'>;

/** Records who the members are, and says how many are new or have changed. What is not said of one stays as it is. */
export async function recordPersons(changes: readonly PersonChange[], recording: Recording): Promise<number> {
  const persons = [...groupBy(changes, ({ member }) => member).values()].map((said) => merge(said, recording));
  let count = 0;
  await inChunks(persons, async (chunk) => {
    count += await recordChunk(chunk, recording);
  });
  return count;
}

const CLEAR_FIELDS = ['name', 'unit', 'sex'] as const;

/** One person for each member: several lines may speak of one, but must not say different things. */
function merge(said: readonly PersonChange[], recording: Recording): Person {
  const [first] = said as readonly [PersonChange, ...PersonChange[]];
  if (said.length === 1) return first;
  const { member } = first;
  let merged: Person = first;
  let secrets: PrivateData = {};
  for (const { origin, ...person } of said) {
    const own = openPrivateData(recording.cipher, { member, private_data: person.sealed });
    const isOther = <Fields extends object>(known: Fields, field: keyof Fields, value: unknown): boolean =>
      value !== undefined && known[field] !== undefined && known[field] !== value;
    for (const field of CLEAR_FIELDS) {
      if (isOther(merged, field, person[field])) refuse(recording, origin, field, 'contradiction');
    }
    for (const field of privateFields) {
      if (isOther(secrets, field, own[field])) refuse(recording, origin, field, 'contradiction');
    }
    merged = { ...merged, unit: person.unit ?? merged.unit, sex: person.sex ?? merged.sex };
    secrets = { ...secrets, ...own };
  }
  return { ...merged, sealed: sealPrivateData(recording.cipher, member, secrets) };
}

async function recordChunk(persons: readonly Person[], recording: Recording): Promise<number> {
  const { transaction } = recording;
  const known = await transaction
    .selectFrom('members')
    .selectAll()
    .where(
      'member',
      'in',
      persons.map(({ member }) => member),
    )
    .execute();
  const byMember = new Map(known.map((row) => [row.member, row]));
  const changed = persons.flatMap((person): MembersTable[] => {
    const row = byMember.get(person.member);
    return (row && changedRow(person, row, recording)) ?? [];
  });
  for (const { member } of known) recording.members.set(member, 'known');
  if (changed.length > 0) await updateRows(changed, recording);
  const fresh = persons.filter(({ member }) => !byMember.has(member));
  return changed.length + (await insertNew(fresh, recording));
}

async function insertNew(persons: readonly Person[], recording: Recording): Promise<number> {
  const { transaction, nowMs } = recording;
  const rows = persons.map(({ member, name, sex = null, unit = null, sealed }): MembersTable => {
    return { member, name, sex, work_unit: unit, private_data: sealed, recorded_at_ms: nowMs };
  });
  const inserted = await insertRows(transaction, 'members', rows, { isIfNew: true, returning: 'member' });
  const isInserted = new Set(inserted.map(({ member }) => member));
  for (const { member } of persons) if (isInserted.has(member)) recording.members.set(member, 'new');
  if (isInserted.size === persons.length) return persons.length;
  // Another recording brought them at this moment: now they are known.
  const others = persons.filter(({ member }) => !isInserted.has(member));
  return isInserted.size + (await recordChunk(others, recording));
}

async function updateRows(rows: readonly MembersTable[], { transaction }: Recording): Promise<void> {
  await transaction
    .insertInto('members')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('member').doUpdateSet((set) => ({
        name: set.ref('excluded.name'),
        sex: set.ref('excluded.sex'),
        work_unit: set.ref('excluded.work_unit'),
        private_data: set.ref('excluded.private_data'),
        recorded_at_ms: set.ref('excluded.recorded_at_ms'),
      })),
    )
    .execute();
}

/** The row of a member as it is from now on; `undefined` where nothing has changed. */
function changedRow(person: Person, row: MembersTable, { cipher, nowMs }: Recording): MembersTable[] | undefined {
  const { member, name, sex, unit, sealed } = person;
  const known = sealed === null ? {} : openPrivateData(cipher, row);
  const said = openPrivateData(cipher, { member, private_data: sealed });
  const isSame =
    row.name === name &&
    row.sex === (sex ?? row.sex) &&
    row.work_unit === (unit ?? row.work_unit) &&
    privateFields.every((field) => said[field] === undefined || known[field] === said[field]);
  if (isSame) return undefined;
  const private_data = sealed === null ? row.private_data : sealPrivateData(cipher, member, { ...known, ...said });
  const changed = { name, sex: sex ?? row.sex, work_unit: unit ?? row.work_unit, private_data };
  return [{ member, ...changed, recorded_at_ms: nowMs }];
}
