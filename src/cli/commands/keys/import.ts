import { Command, Option } from 'commander';
import { coloursFor } from '../../colours.js';
import { CommandError, exitCodes } from '../../exit-codes.js';

interface ImportOptions {
  readonly use?: 'live' | 'test';
  readonly replace?: boolean;
  readonly skipFaulty?: boolean;
  readonly dryRun?: boolean;
  readonly state?: string;
  readonly json?: boolean;
}

export function importCommand(): Command {
  return new Command('import')
    .description('trust the keys of a file, and remember its revoked certificates; wholly or not at all')
    .argument(
      '<file>',
      'JSON, XML, CSV or lines, UnionPay’s 9F06 9F22 DF02 … objects, an SM2 key file; - reads the pipe',
    )
    .addOption(
      new Option('--use <use>', 'what the keys are for, where the file does not say').choices(['live', 'test']),
    )
    .option('--replace', 'put a key in the place of another one with the same RID and index')
    .option('--skip-faulty', 'leave out what cannot be read or does not fit its check value')
    .option('--dry-run', 'say what would change, change nothing')
    .option('--state <folder>', 'where imported keys are kept')
    .option('--json', 'print what changed as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap keys import capk.json --use live
  yongtap keys import revoked.csv
  echo A000000333,C1,000001 | yongtap keys import - --dry-run

Published test keys stay test keys, whatever is said of them. The forms: docs/authentication.md.
Exit code 1: a conflict or a faulty key, and nothing was changed.`,
    )
    .action(importKeys);
}

/** A file that is none of keys has nothing but faults. */
const FAULTS_SHOWN_MAX = 20;

async function importKeys(path: string, options: ImportOptions): Promise<void> {
  const [{ readKeyFile }, { mergeKeys }, { readKeyStore, writeKeyStore }, { stateFolder }, { faultLine, keyLines }] =
    await Promise.all([
      import('../../keys/read-key-files.js'),
      import('../../keys/merge-keys.js'),
      import('../../keys/key-store-file.js'),
      import('../../state/state-folder.js'),
      import('../../keys/print-key-file.js'),
    ]);
  const file = await readKeyFile(path);
  if (file.keys.length + file.revoked.length + file.faults.length === 0) {
    throw new CommandError(
      'no-keys-found',
      `${path} holds neither a key nor a revoked certificate`,
      undefined,
      'yongtap keys import --help names the forms that are read.',
    );
  }
  const state = stateFolder(options.state);
  const merge = mergeKeys(await readKeyStore(state), file, { replace: options.replace === true, use: options.use });
  const conflicts = merge.keys.filter(({ status }) => status === 'conflict').length;
  const isRefused = conflicts > 0 || (file.faults.length > 0 && !options.skipFaulty);
  if (!isRefused && !options.dryRun) await writeKeyStore(state, merge.store);
  if (isRefused) process.exitCode = exitCodes.no;
  if (options.json) {
    const { faults, format } = file;
    const keys = merge.keys.map(({ key: { rid, index, use, expires }, status, notes }) => ({
      rid,
      index,
      use,
      expires,
      status,
      notes,
    }));
    console.log(
      JSON.stringify(
        { format, imported: !isRefused && !options.dryRun, keys, newRevocations: merge.newRevocations, faults },
        undefined,
        2,
      ),
    );
    return;
  }
  const colours = coloursFor(process.stdout);
  for (const { key, status, notes } of merge.keys)
    for (const line of keyLines(key, status, notes, colours)) console.log(line);
  for (const fault of file.faults.slice(0, FAULTS_SHOWN_MAX)) console.log(faultLine(fault, colours));
  if (file.faults.length > FAULTS_SHOWN_MAX)
    console.log(`  and ${file.faults.length - FAULTS_SHOWN_MAX} more like these; --json has all`);
  if (conflicts > 0)
    console.log('Another key stands under that RID and index: compare the check values; --replace takes the new one.');
  const count = merge.keys.filter(({ status }) => status === 'new' || status === 'replaced').length;
  const verb = isRefused
    ? colours.red('nothing imported')
    : options.dryRun
      ? 'would import'
      : colours.green('imported');
  console.log(isRefused ? verb : `${verb} ${count} keys, ${merge.newRevocations} revoked certificates`);
}
