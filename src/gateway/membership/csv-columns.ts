import { parseCertifiedCell } from './certified-cell.js';

/** Which field of a member record a column fills. */
const FIELDS = {
  member: ['member'],
  name: ['name'],
  unit: ['unit'],
  sex: ['sex'],
  identityType: ['identityType'],
  identityNumber: ['identityNumber'],
  mobile: ['mobile'],
  address: ['address'],
  certified: ['certifications'],
  card: ['cards', 0, 'pan'],
  bank: ['cards', 0, 'bank'],
  generation: ['cards', 0, 'generation'],
  state: ['cards', 0, 'states', 0, 'state'],
  stateFrom: ['cards', 0, 'states', 0, 'from'],
} as const satisfies Record<string, readonly (string | number)[]>;

export type MemberColumn = keyof typeof FIELDS;

/** The columns of a member file, in the order in which they are told to people. */
export const memberColumns = Object.keys(FIELDS) as readonly MemberColumn[];

export const isMemberColumn = (name: string): name is MemberColumn => Object.hasOwn(FIELDS, name);

/** The column of the field at this path of the record. */
export function columnOf(path: readonly PropertyKey[]): string {
  const found = memberColumns.find((column) => FIELDS[column].every((part, place) => path[place] === part));
  return found ?? (path[0] === 'cards' ? 'card' : '');
}

/** One line as a member record, unchecked. Cells that are empty say nothing. `undefined`: `certified` cannot be read. */
export function toRecord(cells: ReadonlyMap<MemberColumn, string>): unknown {
  const { certified, card, bank, generation, state, stateFrom, ...person } = Object.fromEntries(cells) as Partial<
    Record<MemberColumn, string>
  >;
  const certifications = certified === undefined ? undefined : parseCertifiedCell(certified);
  if (certified !== undefined && certifications === undefined) return undefined;
  const hasState = state !== undefined || stateFrom !== undefined;
  const hasCard = hasState || card !== undefined || bank !== undefined || generation !== undefined;
  return {
    ...person,
    certifications,
    cards: hasCard
      ? [{ pan: card, bank, generation, states: hasState ? [{ state, from: stateFrom }] : undefined }]
      : [],
  };
}
