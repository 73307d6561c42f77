import { Command } from 'commander';
import { coloursFor } from '../../colours.js';

interface ShowOptions {
  readonly showPan?: boolean;
  readonly state?: string;
  readonly json?: boolean;
}

export function showCommand(): Command {
  return new Command('show')
    .description('all that is on a card: purse, counters, log, data objects')
    .argument('<card>', 'a card file, or the name of a profile')
    .option('--show-pan', 'show card numbers in full (masked otherwise)')
    .option('--state <folder>', 'where cards of profiles are kept')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExamples:\n  yongtap card show my-card.json\n  yongtap card show service-card-51 --json')
    .action(show);
}

async function show(name: string, options: ShowOptions): Promise<void> {
  const [{ openCard, readCardFile }, { findCard }, { stateFolder }, { describeCard, showCard }] = await Promise.all([
    import('../../../../simulator/index.js'),
    import('../../card/find-card.js'),
    import('../../state/state-folder.js'),
    import('../../card/describe-card.js'),
  ]);
  const { path } = findCard(name, stateFolder(options.state));
  const inspection = openCard(readCardFile(path), { random: () => new Uint8Array(0) }).inspect();
  const card = showCard(inspection, { showPan: options.showPan === true });
  if (options.json) {
    console.log(JSON.stringify({ file: path, ...card }, undefined, 2));
    return;
  }
  for (const line of describeCard(card, coloursFor(process.stdout))) console.log(line);
}
