import { randomBytes } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Command, Option } from 'commander';
import type { Difference, ReconciliationSummary } from '../../gateway/index.js';
import { formatYuan } from '../../tap/index.js';
import { coloursFor } from '../colours.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { addBooksOptions, type BooksOptions, booksLocation } from '../gateway/books-options.js';
import { parseDay } from '../options/day.js';
import { parseUrl } from '../options/url.js';

interface ReconcileOptions extends BooksOptions {
  readonly operator: string;
  readonly day: string;
  readonly amounts: 'fare' | 'debited';
  readonly format?: 'csv' | 'ndjson';
  readonly post?: string;
  readonly key?: string;
  readonly csv?: string;
  readonly json?: boolean;
}

/** More differences than anybody reads are counted, and stand in the file of --csv. */
const SHOWN_MAX = 200;

export function reconcileCommand(): Command {
  const command = new Command('reconcile')
    .description('hold an operator’s own file of taps or charges against the books of a service day')
    .argument('<file>', 'CSV or NDJSON with terminal, sequence and amountFen (or amount in yuan)')
    .requiredOption('--operator <name>', 'whose file it is')
    .requiredOption('--day <date>', 'the service day, YYYY-MM-DD', (text: string) => parseDay(text, '--day'))
    .addOption(
      new Option('--amounts <what>', 'what its amounts are: fares, or what cards paid at the taps')
        .choices(['fare', 'debited'])
        .default('fare'),
    )
    .addOption(new Option('--format <format>', 'if the name does not tell').choices(['csv', 'ndjson']))
    .option('--post <url>', 'ask a gateway', parseUrl)
    .addOption(new Option('--key <key>', 'an API key of that gateway').env('YONGTAP_KEY'));
  return addBooksOptions(command)
    .option('--csv <file>', 'write all differences there as CSV')
    .option('--json', 'print differences and sums as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap reconcile metro.csv --operator ningbo-metro --day 2015-10-03 --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap reconcile metro.csv --operator ningbo-metro --day 2015-10-03 --data ./gateway-data --csv differences.csv

Exit code 1: they differ. The kinds of differences: docs/settlement.md.`,
    )
    .action(reconcile);
}

async function reconcile(file: string, options: ReconcileOptions): Promise<void> {
  const differences: Difference[] = [];
  const { openTable } = await import('../settle/difference-table.js');
  const table = options.csv === undefined ? undefined : await openTable(options.csv);
  const onDifference = async (difference: Difference) => {
    if (differences.length < SHOWN_MAX || options.json) differences.push(difference);
    await table?.write(difference);
  };
  const format = options.format ?? formatOf(file);
  await access(file, constants.R_OK).catch(() => {
    throw new CommandError('file-unreadable', `${file}: there is no such file, or it cannot be read`);
  });
  const content = createReadStream(file);
  const summary =
    options.post === undefined
      ? await reconcileHere(content, format, options, onDifference)
      : await reconcileThere(content, format, options, options.post, onDifference);
  await table?.close();
  tell(summary, differences, options);
  if (!summary.agrees) process.exitCode = exitCodes.no;
}

function formatOf(file: string): 'csv' | 'ndjson' {
  if (/\.(ndjson|jsonl)$/i.test(file)) return 'ndjson';
  if (/\.csv$/i.test(file)) return 'csv';
  throw new CommandError(
    'format-unknown',
    `${file}: CSV or NDJSON?`,
    undefined,
    'Say --format csv or --format ndjson.',
  );
}

type OnDifference = (difference: Difference) => Promise<void>;

async function reconcileHere(
  content: AsyncIterable<Uint8Array>,
  format: 'csv' | 'ndjson',
  options: ReconcileOptions,
  onDifference: OnDifference,
): Promise<ReconciliationSummary> {
  const { withMoney } = await import('../../gateway/index.js');
  const { operator, day, amounts } = options;
  const folder = { ...(await booksLocation(options)), clock: () => new Date(), random: randomBytes };
  const request = { operator, serviceDay: day, amounts, file: { format, content } };
  return withMoney(folder, (money) => money.reconcile(request, onDifference));
}

async function reconcileThere(
  content: Readable,
  format: 'csv' | 'ndjson',
  { key, operator, day, amounts }: ReconcileOptions,
  url: string,
  onDifference: OnDifference,
): Promise<ReconciliationSummary> {
  if (!key) {
    throw new CommandError('key-missing', '--post needs an API key', undefined, 'Give --key, or set YONGTAP_KEY.');
  }
  const { reconcileAt } = await import('../settle/reconcile-at-gateway.js');
  return reconcileAt({ url, key, operator, serviceDay: day, amounts, format, content, onDifference });
}

function tell(
  summary: ReconciliationSummary,
  differences: readonly Difference[],
  { json, csv }: ReconcileOptions,
): void {
  if (json) {
    console.log(JSON.stringify({ ...summary, found: differences }, undefined, 2));
    return;
  }
  const colours = coloursFor(process.stdout);
  for (const { kind, terminal, sequence, theirsFen, oursFen, line, reason = '' } of differences) {
    const amounts = `${formatYuan(theirsFen).padStart(9)} ${formatYuan(oursFen).padStart(9)}`;
    const where = `${terminal}/${sequence}${line === undefined ? '' : ` (line ${line})`}`;
    console.log(`${colours.yellow(kind.padEnd(14))} ${amounts}  ${where} ${reason}`.trimEnd());
  }
  const { theirs, ours } = summary;
  const all = Object.values(summary.differences).reduce((sum, count) => sum + count, 0);
  if (all > differences.length)
    console.log(`and ${all - differences.length} more${csv === undefined ? ': --csv FILE writes all' : ''}`);
  console.log(`theirs ${formatYuan(theirs.amountFen)} yuan in ${theirs.records} records`);
  console.log(
    `ours   ${formatYuan(ours.amountFen)} yuan in ${ours.journeys} journeys${summary.closed ? '' : ', the day is open'}`,
  );
  console.log(all === 0 ? colours.green('they agree') : colours.red(`they differ in ${all} places`));
}
