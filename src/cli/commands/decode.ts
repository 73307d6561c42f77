import { Command, Option } from 'commander';
import { coloursFor } from '../colours.js';
import { CommandError } from '../exit-codes.js';

interface DecodeOptions {
  readonly json?: boolean;
  readonly lang: 'en' | 'zh';
  readonly showPan?: boolean;
}

export function decodeCommand(): Command {
  return new Command('decode')
    .description('explain data objects, a response or a command, down to the bit')
    .argument('[input]', 'hex, base64 or a file; without it, or with -, the pipe is read')
    .option('--json', 'print the tree as JSON')
    .addOption(new Option('--lang <language>', 'language of the names').choices(['en', 'zh']).default('en'))
    .option('--show-pan', 'show card numbers in full (masked otherwise)')
    .addHelpText(
      'after',
      `
Examples:
  yongtap decode 9F6604280000809F02060000000002009F3704DEADBEEF
  yongtap decode 6F1A840E325041592E5359532E4444463031A5089F38059F66049F02069000
  echo 77094F82027C00 | yongtap decode --json --lang zh`,
    )
    .action(decodeInput);
}

async function decodeInput(argument: string | undefined, options: DecodeOptions): Promise<void> {
  const [{ readInput, caret }, { recognise }, { printTree }, { TlvError }] = await Promise.all([
    import('../decode/read-input.js'),
    import('../decode/recognise.js'),
    import('../decode/print-tree.js'),
    import('../../../emv/index.js'),
  ]);
  const input = await readInput(argument);
  try {
    const { objects } = recognise(input.bytes, { language: options.lang, showPan: options.showPan ?? false });
    if (options.json) console.log(JSON.stringify(objects, undefined, 2));
    else for (const line of printTree(objects, coloursFor(process.stdout))) console.log(line);
  } catch (error) {
    if (!(error instanceof TlvError)) throw error;
    throw new CommandError(
      error.code,
      `${error.message}\n${caret(input.hex, error.offset * 2, 2)}`,
      undefined,
      'Neither data objects, nor a response, nor a command.',
    );
  }
}
