import { Command, Option } from 'commander';
import { coloursFor } from '../colours.js';
import type { InputKind } from '../decode/recognise.js';

interface DecodeOptions {
  readonly as?: InputKind;
  readonly dol?: string;
  readonly json?: boolean;
  readonly lang: 'en' | 'zh';
  readonly showPan?: boolean;
}

const kinds: readonly InputKind[] = ['tlv', 'response', 'command', 'dol'];

export function decodeCommand(): Command {
  return new Command('decode')
    .description('explain data objects, a response, a command or a data object list, down to the bit')
    .argument('[input...]', 'hex (in groups or not), base64 or a file; without it, or with -, the pipe is read')
    .addOption(new Option('--as <kind>', 'what the bytes are, where it is not what they look like').choices(kinds))
    .option('--dol <hex>', 'the PDOL, CDOL or DDOL that asked for the data of a command')
    .option('--json', 'print the tree as JSON')
    .addOption(new Option('--lang <language>', 'language of the names').choices(['en', 'zh']).default('en'))
    .option('--show-pan', 'show card numbers in full (masked otherwise)')
    .addHelpText(
      'after',
      `
Examples:
  yongtap decode 9F66 04 28000080 9F02 06 000000000200 9F37 04 DEADBEEF
  yongtap decode 6F18840E325041592E5359532E4444463031A5069F38039F66049000
  yongtap decode 80A8000006830428000080 00 --dol 9F6604
  yongtap decode 9F66049F02069F37045F2A02
  echo 770482027C00 | yongtap decode --json --lang zh`,
    )
    .action(decodeInput);
}

async function decodeInput(words: string[], options: DecodeOptions): Promise<void> {
  const [{ readInput }, { explainAs }, { recognise }, { printTree }] = await Promise.all([
    import('../decode/read-input.js'),
    import('../decode/explain-as.js'),
    import('../decode/recognise.js'),
    import('../decode/print-tree.js'),
  ]);
  const showPan = options.showPan ?? false;
  const bytes = await readInput(words, showPan);
  const dataObjectList = options.dol === undefined ? undefined : await readInput([options.dol], showPan);
  if (dataObjectList !== undefined) explainAs('dol', dataObjectList, { showPan });
  const objects = explainAs(options.as ?? recognise(bytes), bytes, { language: options.lang, showPan, dataObjectList });
  if (options.json) console.log(JSON.stringify(objects, undefined, 2));
  else for (const line of printTree(objects, coloursFor(process.stdout))) console.log(line);
}
