import { randomBytes } from 'node:crypto';
import { Command, Option } from 'commander';
import { coloursFor } from '../../colours.js';
import { CommandError } from '../../exit-codes.js';
import { ProgressBar } from '../../fleet/progress-bar.js';
import { passphraseFrom } from '../../gateway/passphrase.js';

interface BackupCommandOptions {
  readonly data: string;
  readonly database?: string;
  readonly to: string;
  readonly withKeys?: boolean;
  readonly json?: boolean;
}

export function backupCommand(): Command {
  return new Command('backup')
    .description('copy the books of a gateway, running or not, into one file')
    .option('--data <folder>', 'keys and books', 'gateway-data')
    .addOption(new Option('--database <url>', 'the books are in PostgreSQL').env('YONGTAP_DATABASE'))
    .requiredOption('--to <file>', 'the back-up; it must not be there yet')
    .option(
      '--with-keys',
      'keys.json too, sealed under the passphrase in YONGTAP_BACKUP_PASSPHRASE (default: left out)',
    )
    .option('--json', 'what is in it, as one line of JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap gateway backup --data ./gateway-data --to books.backup
  YONGTAP_BACKUP_PASSPHRASE=… yongtap gateway backup --with-keys --to all.backup

The file holds one instant of the books, with its hash and counts. PostgreSQL needs pg_dump on this machine.`,
    )
    .action(backup);
}

async function backup({ data, database, to, withKeys, json }: BackupCommandOptions): Promise<void> {
  const { backupBooks } = await import('../../../gateway/index.js');
  const passphrase = passphraseFrom(process.env);
  if (withKeys && passphrase === undefined) {
    throw new CommandError('passphrase-absent', '--with-keys needs a passphrase in YONGTAP_BACKUP_PASSPHRASE');
  }
  let bar: ProgressBar | undefined;
  const manifest = await backupBooks({
    dataFolder: data,
    databaseUrl: database,
    to,
    passphrase: withKeys ? passphrase : undefined,
    clock: () => new Date(),
    random: randomBytes,
    progress: (done, of) => {
      bar ??= new ProgressBar(process.stderr, 'bytes', of, () => performance.now());
      bar.show(done);
    },
  });
  bar?.clear();
  const { keys, counts, sha256, bytes, madeAt, engine } = manifest;
  if (json) {
    console.log(JSON.stringify({ to, madeAt, engine, bytes, sha256, counts, keys: keys !== undefined }));
    return;
  }
  const colours = coloursFor(process.stdout);
  console.log(
    `${colours.green('backed up')} ${colours.bold(to)}  ${counts.taps} taps, ${counts.entries} entries, SHA-256 ${sha256}`,
  );
  if (!keys) console.log(`  without the keys: keep a copy of ${data}/keys.json apart`);
}
