import { namesOfCommand } from './command-names.js';
import definitions from './fault-kinds.json' with { type: 'json' };

/** Which commands it strikes: one by its number, counted from 1 since power-on; those of a name; or every one (`*`). */
export type FaultPlace = number | string;

interface Kinds {
  /** `bytes` of the answer still come. */
  readonly tear: { readonly bytes: number };
  readonly 'tear-before': object;
  readonly drop: object;
  readonly late: { readonly delayMs: number };
  /** A bit counted from 1, the highest of the first byte; or any by chance. */
  readonly flip: { readonly bit: number } | { readonly seed: number };
  readonly status: { readonly statusWord: number };
  readonly garbage: { readonly seed: number };
}

export type FaultKind = keyof Kinds;

/** Something that a card does wrong on purpose, as data; see {@link parseFault} for its text. */
export type Fault = {
  readonly [K in FaultKind]: { readonly kind: K; readonly at: FaultPlace } & Kinds[K];
}[FaultKind];

export interface FaultDefinition {
  readonly kind: FaultKind;
  /** What stands behind the colon; absent: nothing may. */
  readonly value?: string;
  /** Whether the value may be left out. */
  readonly optional?: boolean;
  readonly example: string;
  readonly effect: string;
}

/** Every kind of fault, with what it does. */
export const faultDefinitions = definitions as readonly FaultDefinition[];

export const EVERY_COMMAND = '*';

/** Whether a fault strikes a command, known by its number and by its names. */
export function strikes({ at }: Fault, number: number, bytes: Uint8Array): boolean {
  return at === EVERY_COMMAND || at === number || (typeof at === 'string' && namesOfCommand(bytes).includes(at));
}

/** The text that {@link parseFault} makes the same fault of. */
export function formatFault(fault: Fault): string {
  const value = valueText(fault);
  return `${fault.kind}@${fault.at}${value === undefined ? '' : `:${value}`}`;
}

function valueText(fault: Fault): string | undefined {
  switch (fault.kind) {
    case 'tear':
      return fault.bytes === 0 ? undefined : String(fault.bytes);
    case 'late':
      return String(fault.delayMs);
    case 'flip':
      return 'bit' in fault ? String(fault.bit) : seedText(fault.seed);
    case 'garbage':
      return seedText(fault.seed);
    case 'status':
      return fault.statusWord.toString(16).toUpperCase();
    default:
      return undefined;
  }
}

const seedText = (seed: number): string | undefined => (seed === 0 ? undefined : `seed=${seed}`);
