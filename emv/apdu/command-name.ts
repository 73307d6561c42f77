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

type Named = Pick<Command, 'cla' | 'ins'>;

/** The command's name as EMV, PBOC or ISO 7816-4 write it, `'READ RECORD'`; of another its instruction, `'INS 5E'`. */
export const commandName = (command: Named): string => find(command)?.name ?? `INS ${instructionOf(command)}`;

/** The name in Chinese, `undefined` for a command that is not known. */
export const commandNameZh = (command: Named): string | undefined => find(command)?.nameZh;

const instructionOf = ({ ins }: Named): string => toHex(Uint8Array.of(ins));

function find(command: Named): CommandDefinition | undefined {
  const ins = instructionOf(command);
  const isProprietary = (command.cla & 0x80) !== 0;
  return definitions.find((definition) => definition.ins === ins && (definition.cla === undefined || isProprietary));
}

/** Every name that {@link commandName} knows. */
export const commandNames: readonly string[] = definitions.map(({ name }) => name);
