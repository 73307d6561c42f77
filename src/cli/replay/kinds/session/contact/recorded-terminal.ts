import { type ContactTerminal, fromAscii, instructions, toHex } from '../../../../../../emv/index.js';
import type { RecordedCommand } from './recorded-commands.js';

const PSE = toHex(fromAscii('1PAY.SYS.DDF01'));
const PIN_TRY_COUNTER = 0x9f17;
const NEXT_OCCURRENCE = 0x02;
/** Without a signature asked for. */
const ARQC = 0x80;

const ALWAYS = {
  threshold: Number.MAX_SAFE_INTEGER,
  targetPercentage: 99,
  maximumTargetPercentage: 99,
  randomNumber: 1,
} as const;

/** What the terminal found, bit by bit, as it told the card (95 in CDOL1); zeros where it did not. */
export function recordedResults(commands: readonly RecordedCommand[]): Uint8Array {
  const first = commands.find(({ ins }) => ins === instructions.generateCryptogram);
  return first?.told.get('95') ?? new Uint8Array(5);
}

/** What a recording shows of the terminal that made it, beside its data: how it selects, and what it asks of the card. */
export function recordedTerminal(commands: readonly RecordedCommand[]): Partial<ContactTerminal> {
  const generate = commands.find(({ ins }) => ins === instructions.generateCryptogram);
  const results = recordedResults(commands);
  return {
    ...recordedSelection(commands),
    applicationChoice: 'choose',
    readsPinTryCounter: commands.some(
      ({ ins, p1, p2 }) => ins === instructions.getData && ((p1 << 8) | p2) === PIN_TRY_COUNTER,
    ),
    combinedAuthenticationWithOnlineRequest: generate?.p1 !== ARQC,
    hasExceptionFile: (results[0]! & 0x10) !== 0,
    merchantForcesOnline: (results[3]! & 0x08) !== 0,
    ...((results[3]! & 0x10) !== 0 && { randomSelection: ALWAYS }),
    supportsReferral: true,
  };
}

/** The names that were selected before the first GET PROCESSING OPTIONS, and with which of them it went on. */
function recordedSelection(
  commands: readonly RecordedCommand[],
): Pick<ContactTerminal, 'applications' | 'selection' | 'selectsAgain'> {
  const started = commands.findIndex(({ ins }) => ins === instructions.getProcessingOptions);
  const before = started < 0 ? commands : commands.slice(0, started);
  const selects = before.filter(({ ins }) => ins === instructions.select);
  const hasDirectory = toHex(selects[0]?.data ?? new Uint8Array(0)) === PSE;
  const names = selects.slice(hasDirectory ? 1 : 0);
  if (names.length === 0) return {};
  if (!hasDirectory && names.length === 1) return { selection: 'direct', applications: known(names) };
  const selectsAgain = names.length > 1 && names.at(-1)!.p2 !== NEXT_OCCURRENCE;
  const asked = selectsAgain ? names.slice(0, -1) : names;
  return {
    selection: hasDirectory ? 'directory' : 'list',
    applications: known(asked.filter(({ p2 }) => p2 !== NEXT_OCCURRENCE)),
    selectsAgain,
  };
}

const known = (selects: readonly RecordedCommand[]): ContactTerminal['applications'] =>
  selects.map(({ data }) => ({ applicationIdentifier: data!, match: 'partial' as const }));

/** The names with which the terminal started an application, in their order. */
export const recordedChoices = (commands: readonly RecordedCommand[]): string[] =>
  commands.flatMap(({ ins }, index) => {
    if (ins !== instructions.getProcessingOptions) return [];
    const select = commands.slice(0, index).findLast((command) => command.ins === instructions.select);
    return select?.data ? [toHex(select.data)] : [];
  });
