import { Command } from 'commander';
import { coloursFor } from '../../colours.js';

interface CloneOptions {
  readonly output: string;
  readonly exact?: boolean;
  readonly force?: boolean;
  readonly state?: string;
  readonly json?: boolean;
}

export function cloneCommand(): Command {
  return new Command('clone')
    .description('copy a card as a cloner would: all that it tells, and none of its keys')
    .argument('<card>', 'a card file, or the name of a profile')
    .requiredOption('-o, --output <file>', 'where the copy goes')
    .option('--exact', 'a full copy, keys and PIN included: two cards that nobody can tell apart')
    .option('--force', 'replace the file')
    .option('--state <folder>', 'where cards of profiles are kept')
    .option('--json', 'print what was copied as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap card clone service-card-51 -o clone.json
  yongtap tap --card clone.json --profile bus-validator         refused: it cannot sign
  yongtap card clone my-card.json -o twin.json --exact          a gateway tells twins by their counters`,
    )
    .action(clone);
}

async function clone(name: string, options: CloneOptions): Promise<void> {
  const [{ cloneCard, createCardFile, readCardFile }, { findCard }, { stateFolder }, { randomBytes }] =
    await Promise.all([
      import('../../../../simulator/index.js'),
      import('../../card/find-card.js'),
      import('../../state/state-folder.js'),
      import('node:crypto'),
    ]);
  const { path } = findCard(name, stateFolder(options.state));
  const original = readCardFile(path);
  const exact = options.exact === true;
  const copy = exact ? original : cloneCard(original, randomBytes);
  createCardFile(options.output, copy, { replace: options.force === true });
  if (options.json) {
    console.log(JSON.stringify({ file: options.output, of: path, exact }));
    return;
  }
  const colours = coloursFor(process.stdout);
  const what = exact ? 'the same card, keys included' : 'what a reader can copy: no private key, no PIN, other keys';
  console.log(`${colours.green('cloned')} ${path} to ${options.output}  ${what}`);
}
