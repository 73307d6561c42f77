import { Command, Option } from 'commander';
import type { ExplainedObject, ExplainOptions } from '../../../emv/card-language.js';
import { coloursFor } from '../colours.js';
import type { DecodeOptions } from '../decode/decode-input.js';
import type { ReadLog } from '../decode/logs/index.js';
import type { DecodeInput } from '../decode/read-input.js';
import { CommandError } from '../exit-codes.js';

interface DecodeFlags {
  readonly as?: DecodeOptions['as'];
  readonly caKeys?: string;
  readonly dol?: string;
  readonly json?: boolean;
  readonly lang: 'en' | 'zh';
  readonly showPan?: boolean;
}

const kinds: readonly NonNullable<DecodeFlags['as']>[] = [
  'tlv',
  'response',
  'command',
  'dol',
  'atr',
  'track',
  'session',
];

export function decodeCommand(): Command {
  return new Command('decode')
    .description(
      'explain data objects, commands, answers, lists, answers to reset, tracks and whole logs, down to the bit',
    )
    .argument(
      '[input...]',
      'hex (in groups or not), base64, a track or a file; without it, or with -, the pipe is read',
    )
    .addOption(new Option('--as <kind>', 'what the input is, where it is not what it looks like').choices(kinds))
    .option('--dol <hex>', 'the PDOL, CDOL or DDOL that asked for the data of a command')
    .option('--ca-keys <file>', 'more certification authority keys to open certificates with')
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
  yongtap decode 3B8F8001804F0CA000000306030001000000006A
  yongtap decode 6228000100001117=25122010000
  echo 770482027C00 | yongtap decode --json --lang zh

Logs of pcscd, pcsc-spy, OpenSC, GlobalPlatformPro, scriptor, Android, Proxmark3 and others, and JSON transcripts, are
read as they are: yongtap decode FILE`,
    )
    .action(decodeInput);
}

async function decodeInput(words: string[], flags: DecodeFlags): Promise<void> {
  const [{ readInput }, { decodeInput: decode }, { whileReading }] = await Promise.all([
    import('../decode/read-input.js'),
    import('../decode/decode-input.js'),
    import('../decode/while-reading.js'),
  ]);
  const options: DecodeOptions = {
    language: flags.lang,
    showPan: flags.showPan ?? false,
    as: flags.as,
    ...(flags.dol !== undefined && { dataObjectList: await readList(flags.dol, flags.showPan ?? false) }),
  };
  // Whoever gives a file is told that it is none, whether there is a certificate to open or not.
  if (flags.caKeys !== undefined) await surroundings(flags);
  const input = await readInput(words);
  const decoded = await whileReading(input, () => decode(input, options));
  if (flags.dol !== undefined && !('kind' in decoded && decoded.kind === 'command')) {
    const hint = 'It is the list that a command’s data were asked for by; --as command takes the input for one.';
    throw new CommandError('option-impossible', '--dol is for a command', undefined, hint);
  }
  if ('log' in decoded) return tellLog(decoded.log, input, flags, options);
  const { kind, bytes, objects } = decoded;
  const holdsCertificate = (kind === 'tlv' || kind === 'response') && objects.some(isOrHoldsCertificate);
  const all = holdsCertificate && bytes ? await openCertificates(objects, bytes, flags, options) : objects;
  if (flags.json) return console.log(JSON.stringify(all, undefined, 2));
  const { printTree } = await import('../decode/print-tree.js');
  for (const line of printTree(all, coloursFor(process.stdout))) console.log(line);
}

async function readList(hex: string, showPan: boolean): Promise<Uint8Array> {
  const [{ parseBytes }, { explainAs }] = await Promise.all([
    import('../decode/parse-bytes.js'),
    import('../decode/explain-as.js'),
  ]);
  const list = parseBytes(hex, showPan);
  explainAs('dol', list, { showPan });
  return list;
}

async function tellLog(log: ReadLog, input: DecodeInput, flags: DecodeFlags, options: ExplainOptions): Promise<void> {
  const [{ explainLog }, { tellLogs }, { whileReading }] = await Promise.all([
    import('../decode/explain-log.js'),
    import('../decode/tell-logs.js'),
    import('../decode/while-reading.js'),
  ]);
  const known = await surroundings(flags);
  const logs = await whileReading(input, () => explainLog(log, known, options));
  await tellLogs(logs, { ...options, json: flags.json === true });
}

const CERTIFICATES = new Set(['90', '93', '9F46']);

const isOrHoldsCertificate = ({ tag, children = [] }: ExplainedObject): boolean =>
  CERTIFICATES.has(tag) || children.some(isOrHoldsCertificate);

async function openCertificates(
  objects: readonly ExplainedObject[],
  bytes: Uint8Array,
  flags: DecodeFlags,
  options: ExplainOptions,
): Promise<readonly ExplainedObject[]> {
  const { withOpened } = await import('../decode/open-chains.js');
  return withOpened(objects, bytes, await surroundings(flags), options);
}

async function surroundings({ caKeys }: DecodeFlags) {
  const [{ trustedForDecoding }, { parseDay }] = await Promise.all([
    import('../decode/trusted-for-decoding.js'),
    import('../options/day.js'),
  ]);
  return { caKeys: await trustedForDecoding(caKeys), today: parseDay(undefined) };
}
