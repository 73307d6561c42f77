import { Command, Option } from 'commander';
import { coloursFor } from '../colours.js';

interface ReadersOptions {
  readonly binding?: 'smartcard' | 'nfc-pcsc';
  readonly json?: boolean;
}

export function readersCommand(): Command {
  return new Command('readers')
    .description('list the PC/SC readers and what lies on them')
    .addOption(new Option('--binding <name>', 'way to the PC/SC service').choices(['smartcard', 'nfc-pcsc']))
    .option('--json', 'print them as JSON')
    .addHelpText('after', '\nExamples:\n  yongtap readers\n  yongtap readers --json')
    .action(listReaders);
}

async function listReaders(options: ReadersOptions): Promise<void> {
  const [{ openPcsc }, { toHex }] = await Promise.all([
    import('../../readers/index.js'),
    import('../../../emv/index.js'),
  ]);
  const pcsc = await openPcsc(options.binding === undefined ? {} : { binding: options.binding });
  try {
    const readers = (await pcsc.readers()).map(({ name, card, answerToReset }) => ({
      name,
      card,
      ...(answerToReset === undefined ? {} : { answerToReset: toHex(answerToReset) }),
    }));
    if (options.json) {
      console.log(JSON.stringify(readers, undefined, 2));
      return;
    }
    const colours = coloursFor(process.stdout);
    if (readers.length === 0) console.log('no reader is plugged in');
    for (const { name, card, answerToReset } of readers) {
      const state = card === 'present' ? colours.green(card) : colours.dim(card);
      console.log(`${colours.bold(name)}  card ${state}${answerToReset ? `  ATR ${answerToReset}` : ''}`);
    }
  } finally {
    await pcsc.close();
  }
}
