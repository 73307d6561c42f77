import type { Kysely } from 'kysely';
import { type MemberFacts, NO_MEMBER_FACTS, readMemberFacts } from '../../membership/facts.js';
import type { PersonalDataCipher } from '../../membership/personal-data-cipher.js';
import { openPrivateData } from '../../membership/private-data.js';
import { toMemberHistory } from '../../membership/to-history.js';
import type { Tables } from '../../storage/index.js';
import type { MembersTable } from '../../storage/membership-tables.js';
import { attributesAt, readAttributeFacts } from '../attributes/read-attributes.js';
import { birthDateOf } from './birth-date.js';
import type { Person } from './person.js';
import { readUnitPaths } from './unit-paths.js';

type Reader = Pick<Kysely<Tables>, 'selectFrom'>;

export interface PersonsQuery {
  /** Attributes as they hold at this instant. */
  readonly atMs: number;
  /** By what was recorded at this instant; all if absent. */
  readonly knownAtMs?: number;
  /** Opens identity numbers, where an age is asked for. */
  readonly cipher?: PersonalDataCipher | undefined;
}

/** What benefits look at of some members, at most a thousand; those that there are not are missing. */
export async function readPersons(
  reader: Reader,
  members: readonly string[],
  query: PersonsQuery,
): Promise<ReadonlyMap<string, Person>> {
  if (members.length === 0) return new Map();
  const rows = await reader.selectFrom('members').selectAll().where('member', 'in', members).execute();
  return personsOf(reader, rows, query);
}

/** The same of members whose rows have been read. */
export async function personsOf(
  reader: Reader,
  rows: readonly MembersTable[],
  { atMs, knownAtMs = Number.POSITIVE_INFINITY, cipher }: PersonsQuery,
): Promise<ReadonlyMap<string, Person>> {
  const members = rows.map(({ member }) => member);
  const facts = await readMemberFacts(reader, members);
  const attributes = await readAttributeFacts(reader, members);
  const unitPaths = await readUnitPaths(reader, rows);
  return new Map(
    rows.map((row) => [
      row.member,
      {
        member: row.member,
        history: historyOf(facts.get(row.member) ?? NO_MEMBER_FACTS, knownAtMs),
        sex: row.sex ?? undefined,
        unitPath: unitPaths.get(row.member),
        ...(cipher && { born: birthDateOf(openPrivateData(cipher, row).identityNumber) }),
        attributes: attributesAt(attributes.get(row.member) ?? [], atMs, knownAtMs),
      },
    ]),
  );
}

/** Of the member alone, whatever cards there are. */
const historyOf = (facts: MemberFacts, knownAtMs: number): Person['history'] => ({
  generation: 'pboc3',
  member: true,
  states: [],
  ...toMemberHistory(facts, knownAtMs),
});
