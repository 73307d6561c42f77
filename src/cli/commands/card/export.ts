import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { coloursFor } from '../../colours.js';
import { CommandError } from '../../exit-codes.js';

interface ExportOptions {
  readonly output?: string;
  readonly format: 'text' | 'json' | 'apdu';
  readonly keys?: boolean;
  readonly force?: boolean;
  readonly showPan?: boolean;
  readonly state?: string;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('write a card as a personalization file: data groupings (DGI), or STORE DATA commands')
    .argument('<card>', 'a card file, or the name of a profile')
    .option('-o, --output <file>', 'write it there, card numbers in full (otherwise it is printed, as text masked)')
    .addOption(
      new Option('--format <form>', 'text for people, json, or apdu: STORE DATA commands, one a line')
        .choices(['text', 'json', 'apdu'])
        .default('text'),
    )
    .option('--keys', 'keys and PIN too, not enciphered')
    .option('--force', 'replace the file')
    .option('--show-pan', 'print card numbers in full (masked otherwise)')
    .option('--state <folder>', 'where cards of profiles are kept')
    .addHelpText(
      'after',
      `
Examples:
  yongtap card export service-card-51
  yongtap card export my-card.json --format json --keys -o my-card.dgi.json
  yongtap card export my-card.json --format apdu -o my-card.apdu

Printed as JSON or as commands the card number cannot be masked: that needs -o or --show-pan.`,
    )
    .action(exportCard);
}

async function exportCard(name: string, options: ExportOptions): Promise<void> {
  const [{ personalizationOf, readCardFile }, { findCard }, { stateFolder }, { writePersonalization }] =
    await Promise.all([
      import('../../../../simulator/index.js'),
      import('../../card/find-card.js'),
      import('../../state/state-folder.js'),
      import('../../card/write-personalization.js'),
    ]);
  const { output, format, force = false, showPan = false } = options;
  if (output !== undefined && !force && existsSync(output)) {
    throw new CommandError('export-exists', `${output} is there already`, undefined, '--force replaces it.');
  }
  const { path } = findCard(name, stateFolder(options.state));
  const applications = personalizationOf(readCardFile(path), { secrets: options.keys === true });
  const text = writePersonalization(applications, {
    format,
    colours: coloursFor(output === undefined ? process.stdout : {}),
    showPan: showPan || output !== undefined,
  });
  if (output === undefined) {
    process.stdout.write(text);
    return;
  }
  const { writeWhole } = await import('../../write-whole.js');
  await writeWhole(output, text, 0o600);
  console.log(`${coloursFor(process.stdout).green('exported')} ${path} to ${output}`);
}
