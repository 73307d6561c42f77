import { groupBy } from '../group-by.js';
import { insertRows } from '../intake/insert-rows.js';
import type { MembersTable } from '../storage/membership-tables.js';
import { inChunks } from './in-chunks.js';
import { withKnownUnits } from './known-units.js';
import { memberTokens } from './member-tokens.js';
import type { PersonChange, Said } from './membership-changes.js';
import { openPrivateData, type PrivateData, privateFields, sealPrivateData } from './private-data.js';
import { type Recording, refuse } from './recording.js';
import { withoutTakenIdentities } from './taken-identities.js';

/** Records who the members are, and says how many are new or have changed. What is not said of one stays as it is. */
export async function recordPersons(changes: readonly PersonChange[], recording: Recording): Promise<number> {
  const persons = [...groupBy(changes, ({ member }) => member).values()].map((said) => merge(said, recording));
  let count = 0;
  await inChunks(persons, async (chunk) => {
    count += await recordChunk(chunk, recording);
  });
  return count;
}

const CLEAR_FIELDS = ['name', 'unit', 'unitId', 'sex'] as const;

/** One person for each member: several lines may speak of one, but must not say different things. */
function merge(said: readonly PersonChange[], recording: Recording): PersonChange {
  const [first] = said as readonly [PersonChange, ...PersonChange[]];
  if (said.length === 1) return first;
  const { member } = first;
  let merged = first;
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
    const { unit = merged.unit, unitId = merged.unitId, sex = merged.sex } = person;
    merged = { ...merged, unit, unitId, sex };
    secrets = { ...secrets, ...own };
  }
  const sealed = sealPrivateData(recording.cipher, member, secrets);
  return { ...merged, sealed, tokens: memberTokens(recording.tokenKey, secrets) };
}

async function recordChunk(said: readonly PersonChange[], recording: Recording): Promise<number> {
  const { transaction } = recording;
  const persons = await withKnownUnits(said, recording);
  if (persons.length === 0) return 0;
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
  await refuseErased(persons, [...byMember.keys()], recording);
  const changed = persons.flatMap((person) => {
    const row = byMember.get(person.member);
    return ((row && changedRow(person, row, recording)) ?? []).map((next) => ({ ...next, origin: person.origin }));
  });
  for (const { member } of known) recording.members.set(member, 'known');
  const free = await withoutTakenIdentities(changed, recording);
  if (free.length > 0) await updateRows(free, recording);
  const fresh = persons.filter(({ member }) => !byMember.has(member));
  return free.length + (await insertNew(fresh, recording));
}

/** Whoever was erased stays so: an old file would bring the person back. */
async function refuseErased(
  persons: readonly PersonChange[],
  known: readonly string[],
  recording: Recording,
): Promise<void> {
  if (known.length === 0) return;
  const rows = await recording.transaction
    .selectFrom('member_erasures')
    .select('member')
    .where('member', 'in', known)
    .execute();
  const isErased = new Set(rows.map(({ member }) => member));
  for (const { member, origin } of persons) {
    if (isErased.has(member)) refuse(recording, origin, 'member', 'member-erased');
  }
}

async function insertNew(persons: readonly PersonChange[], recording: Recording): Promise<number> {
  const { transaction, nowMs } = recording;
  const rows = persons.map((person) => newRow(person, nowMs));
  const inserted = await insertRows(transaction, 'members', rows, { isIfNew: true, returning: 'member' });
  const isInserted = new Set(inserted.map(({ member }) => member));
  for (const { member } of persons) if (isInserted.has(member)) recording.members.set(member, 'new');
  if (isInserted.size === persons.length) return persons.length;
  // Another recording brought them at this moment, so that now they are known; or another member has their document.
  const others = persons
    .filter(({ member }) => !isInserted.has(member))
    .map((person) => ({ ...person, identity_token: person.tokens.identity }));
  return isInserted.size + (await recordChunk(await withoutTakenIdentities(others, recording), recording));
}

const newRow = (person: PersonChange, nowMs: number): MembersTable => ({
  member: person.member,
  name: person.name,
  sex: person.sex ?? null,
  work_unit: person.unit ?? null,
  private_data: person.sealed,
  recorded_at_ms: nowMs,
  unit: person.unitId ?? null,
  identity_token: person.tokens.identity,
  mobile_token: person.tokens.mobile,
});

async function updateRows(said: readonly Said<MembersTable>[], { transaction }: Recording): Promise<void> {
  const rows = said.map(({ origin: _, ...row }) => row);
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
        unit: set.ref('excluded.unit'),
        identity_token: set.ref('excluded.identity_token'),
        mobile_token: set.ref('excluded.mobile_token'),
      })),
    )
    .execute();
}

/** The row of a member as it is from now on; `undefined` where nothing has changed. */
function changedRow(person: PersonChange, row: MembersTable, recording: Recording): MembersTable[] | undefined {
  const { cipher, nowMs, tokenKey } = recording;
  const { member, name, sex, unit, unitId, sealed } = person;
  const known = sealed === null ? {} : openPrivateData(cipher, row);
  const said = openPrivateData(cipher, { member, private_data: sealed });
  const isSame =
    row.name === name &&
    row.sex === (sex ?? row.sex) &&
    row.work_unit === (unit ?? row.work_unit) &&
    row.unit === (unitId ?? row.unit) &&
    privateFields.every((field) => said[field] === undefined || known[field] === said[field]);
  if (isSame) return undefined;
  const changed = {
    name,
    sex: sex ?? row.sex,
    work_unit: unit ?? row.work_unit,
    unit: unitId ?? row.unit,
    recorded_at_ms: nowMs,
  };
  if (sealed === null) return [{ ...row, ...changed }];
  const all = { ...known, ...said };
  const { identity, mobile } = memberTokens(tokenKey, all);
  const private_data = sealPrivateData(cipher, member, all);
  return [{ ...row, ...changed, private_data, identity_token: identity, mobile_token: mobile }];
}
