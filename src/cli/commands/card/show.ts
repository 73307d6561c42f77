import { Command } from 'commander';
import { coloursFor } from '../../colours.js';

interface ShowOptions {
  readonly showPan?: boolean;
  readonly records?: boolean;
  readonly keys?: boolean;
  readonly state?: string;
  readonly json?: boolean;
}

export function showCommand(): Command {
  return new Command('show')
    .description('all that is on a card: purse, counters, logs, data objects explained')
    .argument('<card>', 'a card file, or the name of a profile')
    .option('--records', 'the records too, with certificates and signatures')
    .option('--keys', 'the secrets too: keys and PIN')
    .option('--show-pan', 'show card numbers in full (masked otherwise)')
    .option('--state <folder>', 'where cards of profiles are kept')
    .option('--json', 'print it as JSON, records included')
    .addHelpText(
      'after',
      `
Examples:
  yongtap card show my-card.json
  yongtap card show my-card.json --records
  yongtap card show service-card-51 --json`,
    )
    .action(show);
}

async function show(name: string, options: ShowOptions): Promise<void> {
  const [{ openCard, readCardFile }, { findCard }, { stateFolder }, { showCard }, { describeCard }] = await Promise.all(
    [
      import('../../../../simulator/index.js'),
      import('../../card/find-card.js'),
      import('../../state/state-folder.js'),
      import('../../card/show-card.js'),
      import('../../card/describe-card.js'),
    ],
  );
  const { path } = findCard(name, stateFolder(options.state));
  const file = readCardFile(path);
  const { showPan = false, keys = false, records = false } = options;
  const card = showCard(openCard(file, { random: () => new Uint8Array(0) }).inspect(), file, { showPan, keys });
  if (options.json) {
    console.log(JSON.stringify({ file: path, ...card }, undefined, 2));
    return;
  }
  for (const line of describeCard(card, coloursFor(process.stdout), { records })) console.log(line);
}
