import { Command } from 'commander';
import { coloursFor } from '../../colours.js';
import { CommandError } from '../../exit-codes.js';

interface NewOptions {
  readonly from: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

export function newCommand(): Command {
  return new Command('new')
    .description('write a profile of your own to edit, and then to issue')
    .argument('<file>', 'the YAML file to write')
    .option('--from <profile>', 'the profile of the box to begin from', 'service-card-51')
    .option('--force', 'replace the file')
    .option('--json', 'print what was written as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap card new my-profile.yaml
  yongtap card new forged.yaml --from wrong-signature`,
    )
    .action(writeProfile);
}

async function writeProfile(path: string, { from, force, json }: NewOptions): Promise<void> {
  const [{ writeFile }, { newProfile }] = await Promise.all([
    import('node:fs/promises'),
    import('../../card/new-profile.js'),
  ]);
  const text = newProfile(path, from);
  await writeFile(path, text, { flag: force ? 'w' : 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    throw new CommandError('profile-exists', `${path} is there already`, undefined, '--force replaces it.');
  });
  if (json) {
    console.log(JSON.stringify({ file: path, from }));
    return;
  }
  console.log(`${coloursFor(process.stdout).green('written')} ${path}  edit it, then: yongtap card issue ${path}`);
}
