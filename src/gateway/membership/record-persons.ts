import type { MembersTable } from '../storage/membership-tables.js';
import { inChunks } from './in-chunks.js';
import type { PersonChange } from './membership-changes.js';
import { openPrivateData, type PrivateData, privateFields, sealPrivateData } from './private-data.js';
import { type Recording, refuse } from './recording.js';

type Person = Omit<PersonChange, 'origin'>;

/** Records who the members are, and says how many are new or have changed. What is not said of one stays as it is. */
export async function recordPersons(changes: readonly PersonChange[], recording: Recording): Promise<number> {
  const persons = merge(changes, recording);
  let count = 0;
  await inChunks([...persons.values()], async (chunk) => {
    count += await recordChunk(chunk, recording);
  });
  return count;
}

/** One person for each member: several lines may speak of one, but must not say different things. */
function merge(changes: readonly PersonChange[], recording: Recording): Map<string, Person> {
  const persons = new Map<string, Person>();
  for (const { origin, ...person } of changes) {
    const known: Person = persons.get(person.member) ?? { member: person.member, name: person.name };
    for (const field of Object.keys(person) as (keyof Person)[]) {
      const isOther = person[field] !== undefined && known[field] !== undefined && person[field] !== known[field];
      if (isOther) refuse(recording, origin, field, 'contradiction');
    }
    persons.set(person.member, { ...known, ...defined(person) });
  }
  return persons;
}

const defined = <Fields extends object>(fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;

async function recordChunk(persons: readonly Person[], { transaction, cipher, nowMs }: Recording): Promise<number> {
  const toRow = (person: Person, secrets: PrivateData): MembersTable => ({
    member: person.member,
    name: person.name,
    sex: person.sex ?? null,
    work_unit: person.unit ?? null,
    private_data: sealPrivateData(cipher, person.member, secrets),
    recorded_at_ms: nowMs,
  });
  const { numInsertedOrUpdatedRows: added = 0n } = await transaction
    .insertInto('members')
    .values(persons.map((person) => toRow(person, secretsOf(person))))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  const members = persons.map(({ member }) => member);
  const rows = await transaction.selectFrom('members').selectAll().where('member', 'in', members).execute();
  const byMember = new Map(rows.map((row) => [row.member, row]));
  let changed = 0;
  for (const person of persons) {
    const row = byMember.get(person.member)!;
    const known = openPrivateData(cipher, row);
    const secrets = { ...known, ...secretsOf(person) };
    const isSame =
      row.name === person.name &&
      row.sex === (person.sex ?? row.sex) &&
      row.work_unit === (person.unit ?? row.work_unit) &&
      privateFields.every((field) => known[field] === secrets[field]);
    if (isSame) continue;
    changed++;
    const { member, ...values } = toRow(person, secrets);
    await transaction
      .updateTable('members')
      .set({ ...values, sex: values.sex ?? row.sex, work_unit: values.work_unit ?? row.work_unit })
      .where('member', '=', member)
      .execute();
  }
  return Number(added) + changed;
}

function secretsOf({ identityType, identityNumber, mobile, address }: Person): PrivateData {
  return defined({ identityType, identityNumber, mobile, address });
}
