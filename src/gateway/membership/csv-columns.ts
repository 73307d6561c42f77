import { parseCertifiedCell } from './certified-cell.js';

/** Which field of a member record a column fills. */
const FIELDS = {
  member: ['member'],
  name: ['name'],
  unit: ['unit'],
  unitId: ['unitId'],
  sex: ['sex'],
  identityType: ['identityType'],
  identityNumber: ['identityNumber'],
  mobile: ['mobile'],
  address: ['address'],
  joined: ['joined'],
  left: ['left'],
  certified: ['certifications'],
  card: ['cards', 0, 'pan'],
  bank: ['cards', 0, 'bank'],
  generation: ['cards', 0, 'generation'],
  generationFrom: ['cards', 0, 'generationFrom'],
  sequenceNumber: ['cards', 0, 'sequenceNumber'],
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
  const { certified, card, bank, generation, generationFrom, sequenceNumber, state, stateFrom, ...person } =
    Object.fromEntries(cells) as Partial<Record<MemberColumn, string>>;
  const certifications = certified === undefined ? undefined : parseCertifiedCell(certified);
  if (certified !== undefined && certifications === undefined) return undefined;
  const hasState = state !== undefined || stateFrom !== undefined;
  const ofCard = { pan: card, bank, generation, generationFrom, sequenceNumber: toNumber(sequenceNumber) };
  const hasCard = hasState || Object.values(ofCard).some((value) => value !== undefined);
  return {
    ...person,
    certifications,
    cards: hasCard ? [{ ...ofCard, states: hasState ? [{ state, from: stateFrom }] : undefined }] : [],
  };
}

/** A number where the cell is one; what is none is told by the schema. */
const toNumber = (cell: string | undefined): unknown =>
  cell !== undefined && /^\d{1,3}$/.test(cell) ? Number(cell) : cell;
