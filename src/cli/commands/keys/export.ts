import { Command, Option } from 'commander';

interface ExportOptions {
  readonly rid?: string;
  readonly format: 'json' | 'csv' | 'tlv';
  readonly all?: boolean;
  readonly output?: string;
  readonly state?: string;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('write the keys that are trusted in a form that other terminals read')
    .option('--rid <rid>', 'of one scheme only')
    .option('--all', 'published keys too that are not trusted')
    .addOption(
      new Option('--format <format>', 'tlv: UnionPay’s 9F06 9F22 DF05 … objects')
        .choices(['json', 'csv', 'tlv'])
        .default('json'),
    )
    .option('-o, --output <file>', 'a file instead of the pipe')
    .option('--state <folder>', 'where imported keys are kept')
    .addHelpText(
      'after',
      '\nExamples:\n  yongtap keys export --format tlv\n  yongtap keys export --rid A000000333 -o keys.json',
    )
    .action(exportKeys);
}

async function exportKeys({ rid, format, all, output, state }: ExportOptions): Promise<void> {
  const [{ knownKeys }, { writeKeys }, { stateFolder }, { writeWhole }] = await Promise.all([
    import('../../keys/known-keys.js'),
    import('../../keys/write-keys.js'),
    import('../../state/state-folder.js'),
    import('../../write-whole.js'),
  ]);
  const keys = (await knownKeys(stateFolder(state), { all: all === true })).map(({ key }) => key);
  const text = writeKeys(
    format,
    keys.filter((key) => rid === undefined || key.rid === rid.toUpperCase()),
  );
  if (output === undefined) process.stdout.write(text);
  else await writeWhole(output, text);
}
