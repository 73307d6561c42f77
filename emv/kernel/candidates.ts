import { toHex } from '../bytes.js';
import { type DataObject, findFirst } from '../tlv/index.js';

/** An application that card and terminal both know. */
export interface Candidate {
  /** The name in the card's directory, which is what is selected. */
  readonly applicationIdentifier: Uint8Array;
  /** 1 is the highest; without an indicator the application comes last. */
  readonly priority: number;
  /** 9F29 of the entry: what a terminal that knows it adds to the name when it selects. */
  readonly extendedSelection?: Uint8Array | undefined;
}

const NAME_LENGTH_MIN = 5;
const NAME_LENGTH_MAX = 16;
const PRIORITY_NONE = 16;

/**
 * The directory entries (61) of a PPSE that the terminal knows, best first; of equal priority the first in the
 * directory. The terminal's name may be the whole name or its beginning (EMV 4.3 Book 1 §12.4,
 * JR/T 0025.12-2013 6.4). A name that stands twice counts once: two accounts differ by an eighth byte.
 */
export function candidates(directory: DataObject, terminalNames: readonly Uint8Array[]): Candidate[] {
  const discretionaryData = findFirst([directory], '6F', 'A5', 'BF0C');
  const found = new Map<string, Candidate>();
  for (const { tag, children = [] } of discretionaryData?.children ?? []) {
    const name = tag === '61' ? findFirst(children, '4F')?.value : undefined;
    if (name === undefined) continue;
    if (!isForThisKernel(findFirst(children, '9F2A')?.value)) continue;
    if (found.has(toHex(name)) || !terminalNames.some((known) => beginsWith(name, known))) continue;
    const extendedSelection = findFirst(children, '9F29')?.value;
    found.set(toHex(name), {
      applicationIdentifier: name,
      priority: priorityOf(findFirst(children, '87')?.value),
      ...(extendedSelection && { extendedSelection }),
    });
  }
  return byPriority([...found.values()]);
}

/** 87, low nibble: 1 is the highest, 15 the lowest; 16 where the card gives none. */
export const priorityOf = (indicator: Uint8Array | undefined): number => (indicator?.[0] ?? 0) & 0x0f || PRIORITY_NONE;

/** Best first; of equal priority in the order in which they were found (JR/T 0025.6-2013 7.2.5.3). */
export const byPriority = <T extends { readonly priority: number }>(candidates: readonly T[]): T[] =>
  [...candidates].sort((one, other) => one.priority - other.priority);

/** UnionPay's kernel among those of EMV contactless. */
const KERNEL = 7;
const DOMESTIC_KERNEL = 0x80;

/**
 * A directory entry may ask for a kernel (EMV Contactless Book B 3.3.2.5). PBOC knows none: without the identifier, or
 * with 0, the kernel follows from the application's name. Numbers from 80 on are of a country or a company.
 */
function isForThisKernel(identifier: Uint8Array | undefined): boolean {
  const [kernel] = identifier ?? [];
  if (kernel === undefined) return true;
  return kernel < DOMESTIC_KERNEL && ((kernel & 0x3f) === 0 || (kernel & 0x3f) === KERNEL);
}

/** Whether a name is another one, or goes on where that ends. */
export const beginsWith = (name: Uint8Array, beginning: Uint8Array): boolean =>
  beginning.length >= NAME_LENGTH_MIN &&
  name.length >= beginning.length &&
  name.length <= NAME_LENGTH_MAX &&
  beginning.every((byte, index) => byte === name[index]);
