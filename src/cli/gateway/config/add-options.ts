import { type Command, Option } from 'commander';
import type { ConfigOption } from './config-option.js';
import { optionNames, optionOf } from './gateway-options.js';

/** Gives a command every option of the gateway, and the file that they may stand in. */
export function addGatewayOptions(command: Command): Command {
  command.option(
    '--config <file>',
    'YAML with these options, written like testCards; yongtap config schema has them all',
  );
  for (const name of optionNames) {
    const row = optionOf(name);
    if (row.flags === undefined) continue;
    command.addOption(new Option(row.flags, `${row.text}${defaultOf(row)}`));
    if (row.kind === 'boolean') command.addOption(new Option(row.flags.replace('--', '--no-')).hideHelp());
  }
  return command;
}

function defaultOf({ default: value, defaultText, kind }: ConfigOption): string {
  if (defaultText !== undefined) return ` (default: ${defaultText})`;
  if (value === undefined || kind === 'boolean') return '';
  return ` (default: ${Array.isArray(value) ? value.join(' ') : value})`;
}
