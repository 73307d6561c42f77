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
    .addHelpText(
      'after',
      '\nExamples:\n  yongtap readers\n  yongtap readers --json\n  yongtap readers --binding nfc-pcsc',
    )
    .action(listReaders);
}

async function listReaders(options: ReadersOptions): Promise<void> {
  const [{ openPcsc, readAnswerToReset }, { toHex }] = await Promise.all([
    import('../../readers/index.js'),
    import('../../../emv/index.js'),
  ]);
  const pcsc = openPcsc({ binding: options.binding });
  try {
    const readers = (await pcsc.readers()).map(({ name, card, answerToReset }) => ({
      name,
      card,
      ...(answerToReset && { answerToReset: toHex(answerToReset), ...readAnswerToReset(answerToReset) }),
    }));
    if (options.json) {
      console.log(JSON.stringify(readers, undefined, 2));
      return;
    }
    const colours = coloursFor(process.stdout);
    if (readers.length === 0) console.log('No reader is plugged in.');
    for (const { name, card, answerToReset, description } of readers) {
      console.log(`${colours.bold(name)}  card ${card === 'present' ? colours.green(card) : colours.dim(card)}`);
      if (answerToReset) console.log(`  ${description}\n  ${colours.dim(`answer to reset ${answerToReset}`)}`);
      if (card === 'mute') console.log('  it gives no answer to reset: lay it again, flat and alone');
    }
  } finally {
    await pcsc.close();
  }
}
