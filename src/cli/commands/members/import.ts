import { randomBytes } from 'node:crypto';
import { Command, Option } from 'commander';
import type { ImportReport } from '../../../gateway/index.js';
import { coloursFor } from '../../colours.js';
import { CommandError, exitCodes } from '../../exit-codes.js';
import { askGateway } from '../../gateway/ask-gateway.js';
import type { ImportProgressBars } from '../../members/import-progress.js';
import { placesAsLines, type RefusedPlace } from '../../members/member-gateway.js';
import type { MemberFile } from '../../members/open-member-file.js';
import { parseUrl } from '../../options/url.js';

interface ImportOptions {
  readonly config?: string;
  readonly data?: string;
  readonly database?: string;
  readonly tariff?: readonly string[];
  readonly cardPolicy?: string;
  readonly post?: string;
  readonly key?: string;
  readonly format?: 'json' | 'csv';
  readonly json?: boolean;
}

export function importCommand(): Command {
  return new Command('import')
    .description('load members, cards, certifications and card states from a JSON or CSV file, wholly or not at all')
    .argument('<file>', 'a .json or .csv file; - reads the pipe')
    .option('--data <folder>', 'the gateway’s data folder (default: ./gateway-data)')
    .addOption(new Option('--database <url>', 'its PostgreSQL').env('YONGTAP_DATABASE'))
    .option('--config <file>', 'the gateway’s YAML file: where its books are, and by which rules')
    .option('--tariff <id-or-file...>', 'its tariff, which says when a service day begins (default: ningbo)')
    .option('--card-policy <id-or-file>', 'its policy of cards (default: ningbo)')
    .option('--post <url>', 'send the file to a gateway instead', parseUrl)
    .addOption(new Option('--key <key>', 'an administrator’s API key of that gateway').env('YONGTAP_KEY'))
    .addOption(new Option('--format <format>', 'if the name does not tell').choices(['json', 'csv']))
    .option('--json', 'print what changed as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members import members.csv --data ./gateway-data
  yongtap members import members.csv --config gateway.yaml
  yongtap members import members.json --post http://127.0.0.1:8051 --key $YONGTAP_KEY

The same file again changes nothing. Without --post it goes by the gateway's own rules: command line, environment and
file as yongtap gateway reads them. The columns: docs/gateway.md.`,
    )
    .action(importFile);
}

async function importFile(file: string, options: ImportOptions): Promise<void> {
  const format = options.format ?? formatOf(file);
  const [{ openMemberFile }, { ImportProgressBars }] = await Promise.all([
    import('../../members/open-member-file.js'),
    import('../../members/import-progress.js'),
  ]);
  const opened = await openMemberFile(file);
  const progress = new ImportProgressBars(process.stderr, opened.bytes, () => performance.now());
  const work = options.post === undefined ? importHere : post;
  const report = await work(opened, format, options, progress).finally(() => progress.clear());
  if (options.json) {
    console.log(JSON.stringify(report, undefined, 2));
    return;
  }
  const colours = coloursFor(process.stdout);
  const { records, ...changes } = report;
  const counts = Object.entries(changes).filter(([, count]) => count > 0);
  const news = counts.map(([what, count]) => counted(count, what)).join(', ');
  console.log(`${colours.green('imported')} ${counted(records, 'records')}, ${news ? `new: ${news}` : 'nothing new'}`);
}

/** `1 card`, `2 cards` */
const counted = (count: number, what: string): string => `${count} ${count === 1 ? what.replace(/s$/, '') : what}`;

function formatOf(file: string): 'json' | 'csv' {
  if (/\.json$/i.test(file)) return 'json';
  if (/\.csv$/i.test(file)) return 'csv';
  throw new CommandError('format-unknown', `${file}: JSON or CSV?`, undefined, 'Say --format json or --format csv.');
}

async function importHere(
  { content }: MemberFile,
  format: 'json' | 'csv',
  { config, data, database, tariff, cardPolicy }: ImportOptions,
  progress: ImportProgressBars,
): Promise<ImportReport> {
  const [{ importIntoFolder }, { booksAndRules }] = await Promise.all([
    import('../../../gateway/index.js'),
    import('../../gateway/books-and-rules.js'),
  ]);
  return importIntoFolder({
    ...(await booksAndRules({ data, database, tariff, cardPolicy }, config)),
    source: { content: content((bytes) => progress.passed('read', bytes)), format },
    onProgress: (far) => progress.advanced(far),
    clock: () => new Date(),
    random: randomBytes,
  }).catch((error: { name?: string; code?: string; message: string; issues?: readonly RefusedPlace[] }) => {
    if (error.name !== 'MembershipError') throw error;
    throw wrongLines(error.code ?? 'members-invalid', 'the members are not as they should be', error.issues ?? []);
  });
}

function wrongLines(code: string, message: string, places: readonly RefusedPlace[]): CommandError {
  const exitCode = places.length > 0 ? exitCodes.wrongUse : exitCodes.no;
  return new CommandError(code, [message, ...placesAsLines(places)].join('\n'), exitCode, 'Nothing was imported.');
}

async function post(
  { content }: MemberFile,
  format: 'json' | 'csv',
  { post: url = '', key }: ImportOptions,
  progress: ImportProgressBars,
): Promise<ImportReport> {
  if (!key)
    throw new CommandError('key-missing', '--post needs an API key', undefined, 'Give --key, or set YONGTAP_KEY.');
  const answer = await askGateway(url, 'v1/members/import', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': format === 'json' ? 'application/json' : 'text/csv' },
    body: ReadableStream.from(content((bytes) => progress.passed('sent', bytes))),
    // What is sent as it is read is answered when all of it was sent (fetch standard).
    duplex: 'half',
  } as RequestInit);
  if (answer.ok) return (await answer.json()) as ImportReport;
  const body = (await answer.json().catch(() => ({}))) as {
    code?: string;
    title?: string;
    errors?: readonly RefusedPlace[];
  };
  throw wrongLines(
    body.code ?? 'gateway-refused',
    body.title ?? `the gateway answered ${answer.status}`,
    body.errors ?? [],
  );
}
