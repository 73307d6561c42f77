import { z } from 'zod';
import { knownCommandNames } from './command-names.js';
import { EVERY_COMMAND, type Fault, type FaultDefinition, type FaultPlace, faultDefinitions } from './fault.js';
import { FaultError } from './fault-error.js';

const NUMBER_MAX = 999_999;
/** A card that would answer later than this may as well be mute. */
const DELAY_MS_MAX = 600_000;

/** A piece of the text, and where it begins. */
interface Piece {
  readonly text: string;
  readonly offset: number;
}

/**
 * Reads `KIND@WHERE[:VALUE]`: `tear@3`, `late@read-record:250`, `status@*:6F00`. WHERE is the number of the command
 * since power-on, the name of a command as the trace has it, or `*`. Throws {@link FaultError} `fault-invalid`.
 */
export function parseFault(text: string): Fault {
  const [, kind = text, where, value] = /^([^@]*)@([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  const definition = faultDefinitions.find((one) => one.kind === kind);
  if (definition === undefined) {
    const known = faultDefinitions.map((one) => one.kind).join(', ');
    throw invalid(text, { text: kind, offset: 0 }, `no kind of fault (${known})`, 'tear@3');
  }
  if (where === undefined) {
    throw invalid(text, { text: '', offset: text.length }, 'it does not say at which command', definition.example);
  }
  const offset = kind.length + 1;
  const at = parsePlace(text, { text: where, offset }, definition);
  const given = value === undefined ? undefined : { text: value, offset: offset + where.length + 1 };
  return parseValue(text, at, given, definition);
}

/** The same for a field of a profile or a card file, which stays the text that it is. */
export const faultSchema = z.string().superRefine((text, context) => {
  try {
    parseFault(text);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
  }
});

function parsePlace(text: string, where: Piece, { example }: FaultDefinition): FaultPlace {
  if (where.text === EVERY_COMMAND || knownCommandNames.includes(where.text)) return where.text;
  const number = wholeNumber(where.text, NUMBER_MAX);
  if (number !== undefined && number > 0) return number;
  const reason = 'no command: write its number counted from 1, its name as the trace has it, or *';
  throw invalid(text, where, reason, example);
}

function parseValue(text: string, at: FaultPlace, value: Piece | undefined, definition: FaultDefinition): Fault {
  const { kind, example } = definition;
  if (value !== undefined && definition.value === undefined) {
    throw invalid(text, value, `${kind} takes no value`, example);
  }
  if (value === undefined && definition.value !== undefined && definition.optional !== true) {
    throw invalid(text, { text: '', offset: text.length }, `${definition.value} is missing`, example);
  }
  const fault = withValue(kind, at, value?.text);
  if (fault !== undefined) return fault;
  throw invalid(text, value!, `no ${definition.value} of ${kind}`, example);
}

function withValue(kind: Fault['kind'], at: FaultPlace, value: string | undefined): Fault | undefined {
  switch (kind) {
    case 'tear-before':
    case 'drop':
      return { kind, at };
    case 'tear':
      return numbered(value ?? '0', NUMBER_MAX, (bytes) => ({ kind, at, bytes }));
    case 'late':
      return numbered(value, DELAY_MS_MAX, (delayMs) => ({ kind, at, delayMs }));
    case 'status':
      return /^[69][0-9A-F]{3}$/i.test(value ?? '') ? { kind, at, statusWord: Number.parseInt(value!, 16) } : undefined;
    case 'garbage':
      return seeded(value, (seed) => ({ kind, at, seed }));
    case 'flip':
      return (
        seeded(value, (seed) => ({ kind, at, seed })) ??
        numbered(value, NUMBER_MAX, (bit) => (bit === 0 ? undefined : { kind, at, bit }))
      );
  }
}

function numbered(value: string | undefined, most: number, make: (number: number) => Fault | undefined) {
  const number = wholeNumber(value ?? '', most);
  return number === undefined ? undefined : make(number);
}

function seeded(value: string | undefined, make: (seed: number) => Fault) {
  const [, seed] = /^seed=(.*)$/.exec(value ?? 'seed=0') ?? [];
  return numbered(seed, NUMBER_MAX, make);
}

function wholeNumber(text: string, most: number): number | undefined {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : undefined;
  return number !== undefined && number <= most ? number : undefined;
}

function invalid(text: string, { text: value, offset }: Piece, reason: string, example: string): FaultError {
  const what = value === '' ? reason : `"${value}" is ${reason}`;
  return new FaultError(`fault "${text}", character ${offset + 1}: ${what}. An example: ${example}`, offset, value);
}
