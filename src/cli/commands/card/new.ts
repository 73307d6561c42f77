import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import type { ProfileSetting } from '../../card/new-profile.js';
import { coloursFor } from '../../colours.js';
import { CommandError } from '../../exit-codes.js';

interface NewOptions {
  readonly from: string;
  readonly set?: readonly ProfileSetting[];
  readonly force?: boolean;
  readonly json?: boolean;
}

export function newCommand(): Command {
  return new Command('new')
    .description('write a profile of your own to edit, and then to issue')
    .argument('<file>', 'the file to write: YAML with every field as a comment, or JSON (.json)')
    .option('--from <profile>', 'the profile of the box to begin from, or blank', 'service-card-51')
    .option('--set <path=value>', 'a field of the card, or of its first application; may be given again', addSetting)
    .option('--force', 'replace the file')
    .option('--json', 'print what was written as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap card new my-profile.yaml
  yongtap card new forged.yaml --from wrong-signature
  yongtap card new rich.yaml --set electronicCash.balanceFen=90000 --set cardholderName="LU SHIYI"
  yongtap card new odd.json --from blank --set flaw=unknown-authority

Every field: docs/card-profiles.md, yongtap card schema`,
    )
    .action(writeProfile);
}

function addSetting(text: string, settings: readonly ProfileSetting[] = []): readonly ProfileSetting[] {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('PATH=VALUE, such as electronicCash.balanceFen=5000');
  return [...settings, { path: text.slice(0, at), value: text.slice(at + 1) }];
}

async function writeProfile(path: string, { from, set, force, json }: NewOptions): Promise<void> {
  const [{ newProfile }, { writeWhole }] = await Promise.all([
    import('../../card/new-profile.js'),
    import('../../write-whole.js'),
  ]);
  const text = newProfile(path, from, set);
  if (!force && existsSync(path)) {
    throw new CommandError('profile-exists', `${path} is there already`, undefined, '--force replaces it.');
  }
  await writeWhole(path, text);
  if (json) {
    console.log(JSON.stringify({ file: path, from }));
    return;
  }
  console.log(`${coloursFor(process.stdout).green('written')} ${path}  edit it, then: yongtap card issue ${path}`);
}
