import { toHex } from '../bytes.js';
import type { Command } from './command.js';
import commands from './commands.json';

interface CommandDefinition {
  readonly ins: string;
  /** `80`: only in the proprietary class of EMV and PBOC. Absent: in any class. */
  readonly cla?: string;
  readonly name: string;
  readonly nameZh: string;
}

const definitions: readonly CommandDefinition[] = commands;

/** The command's name as EMV, PBOC or ISO 7816-4 write it, `'READ RECORD'`; of another its instruction, `'INS 5E'`. */
export function commandName(command: Pick<Command, 'cla' | 'ins'>): string {
  const ins = toHex(Uint8Array.of(command.ins));
  const isProprietary = (command.cla & 0x80) !== 0;
  const found = definitions.find(
    (definition) => definition.ins === ins && (definition.cla === undefined || isProprietary),
  );
  return found?.name ?? `INS ${ins}`;
}
