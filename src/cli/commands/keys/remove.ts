import { Command } from 'commander';
import { CommandError, exitCodes } from '../../exit-codes.js';

interface RemoveOptions {
  readonly state?: string;
}

export function removeCommand(): Command {
  return new Command('remove')
    .description('trust an imported key no longer, or take back a revoked certificate')
    .argument('<rid>', '5 bytes in hex')
    .argument('<index>', '1 byte in hex')
    .argument('[serial]', 'the serial number of a revoked certificate, 3 bytes in hex')
    .option('--state <folder>', 'where imported keys are kept')
    .addHelpText(
      'after',
      `
Examples:
  yongtap keys remove A000000333 C5
  yongtap keys remove A000000333 C1 000001

Exit code 1: there was no such key. The keys in the box stay.`,
    )
    .action(remove);
}

async function remove(rid: string, index: string, serial: string | undefined, options: RemoveOptions): Promise<void> {
  const [{ readKeyStore, writeKeyStore }, { stateFolder }] = await Promise.all([
    import('../../keys/key-store-file.js'),
    import('../../state/state-folder.js'),
  ]);
  const state = stateFolder(options.state);
  const store = await readKeyStore(state);
  const name = [rid, index, serial ?? ''].join('').toUpperCase();
  const keys = serial === undefined ? store.keys.filter((key) => key.rid + key.index !== name) : store.keys;
  const revoked = serial === undefined ? store.revoked : store.revoked.filter((certificate) => certificate !== name);
  const count = store.keys.length - keys.length + store.revoked.length - revoked.length;
  if (count === 0) {
    const what = [rid, index, serial].filter(Boolean).join(' ');
    throw new CommandError(
      'key-unknown',
      `nothing imported as ${what}`,
      exitCodes.no,
      'yongtap keys list shows what is.',
    );
  }
  await writeKeyStore(state, { keys, revoked });
  console.log(`removed ${count}`);
}
