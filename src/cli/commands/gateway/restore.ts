import { Command, Option } from 'commander';
import { coloursFor } from '../../colours.js';
import { ProgressBar } from '../../fleet/progress-bar.js';
import { passphraseFrom } from '../../gateway/passphrase.js';

interface RestoreCommandOptions {
  readonly data: string;
  readonly database?: string;
  readonly json?: boolean;
}

export function restoreCommand(): Command {
  return new Command('restore')
    .description('put a back-up back where there are no books yet')
    .argument('<file>', 'what yongtap gateway backup made')
    .option('--data <folder>', 'made where it is missing; must hold no books', 'gateway-data')
    .addOption(new Option('--database <url>', 'an empty PostgreSQL database').env('YONGTAP_DATABASE'))
    .option('--json', 'what was put back, as one line of JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap gateway restore books.backup --data ./restored
  YONGTAP_BACKUP_PASSPHRASE=… yongtap gateway restore all.backup --data ./restored-with-keys

The books are held to the back-up's hash and counts first. Nothing is ever overwritten. PostgreSQL needs pg_restore.`,
    )
    .action(restore);
}

async function restore(file: string, { data, database, json }: RestoreCommandOptions): Promise<void> {
  const { restoreBooks } = await import('../../../gateway/index.js');
  let bar: ProgressBar | undefined;
  const { manifest, keys } = await restoreBooks({
    from: file,
    dataFolder: data,
    databaseUrl: database,
    passphrase: passphraseFrom(process.env),
    progress: (done, of) => {
      bar ??= new ProgressBar(process.stderr, 'bytes', of, () => performance.now());
      bar.show(done);
    },
  });
  bar?.clear();
  const { counts, madeAt, engine } = manifest;
  if (json) {
    console.log(JSON.stringify({ dataFolder: data, madeAt, engine, counts, keys }));
    return;
  }
  const colours = coloursFor(process.stdout);
  console.log(
    `${colours.green('restored')} ${colours.bold(data)}  ${counts.taps} taps, ${counts.entries} entries, as of ${madeAt}`,
  );
  if (keys === 'missing') console.log(`  put keys.json of the first gateway into ${data} before you start one`);
}
