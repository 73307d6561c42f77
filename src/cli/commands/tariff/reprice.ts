import { randomBytes } from 'node:crypto';
import { Command, Option } from 'commander';
import type { FaresFolder, RepricingView } from '../../../gateway/index.js';
import { coloursFor } from '../../colours.js';
import { CommandError, exitCodes } from '../../exit-codes.js';
import { parseDay } from '../../options/day.js';
import { untilInterrupted } from '../../until-interrupted.js';

interface RepriceOptions {
  readonly post?: string;
  readonly key?: string;
  readonly data?: string;
  readonly database?: string;
  readonly config?: string;
  readonly from?: string;
  readonly to?: string;
  readonly resume?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function repriceCommand(): Command {
  return new Command('reprice')
    .description('price booked journeys again under the fares of a gateway, and book the differences')
    .option('--post <url>', 'let a running gateway do it (default: http://127.0.0.1:8051)')
    .addOption(new Option('--key <key>', 'an administrator’s API key of that gateway').env('YONGTAP_KEY'))
    .option('--data <folder>', 'do it in the books of this data folder, whether the gateway runs or not')
    .option('--database <url>', 'in its PostgreSQL')
    .option('--config <file>', 'the gateway’s YAML file: where its books are, and by which rules it prices')
    .option('--from <YYYY-MM-DD>', 'first service day')
    .option('--to <YYYY-MM-DD>', 'last service day (default: the first)')
    .option('--dry-run', 'book nothing, say what would be booked')
    .option('--resume <id>', 'go on with a repricing that was stopped')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap tariff reprice --post http://127.0.0.1:8051 --from 2015-10-01 --to 2015-10-31 --dry-run
  yongtap tariff reprice --post http://127.0.0.1:8051 --from 2015-10-01 --json
  yongtap tariff reprice --config gateway.yaml --from 2015-10-01 --to 2015-10-31

A running gateway prices by the fares that it was started with; without one, --data prices by those of the box and
--config by those of the file. What was booked stays: a difference is a correction, in the books of the next day that is open.`,
    )
    .action(reprice);
}

async function reprice(options: RepriceOptions): Promise<void> {
  const { data, database, config, post, from, resume } = options;
  const isHere = data !== undefined || database !== undefined || config !== undefined;
  if (isHere && post !== undefined) {
    throw new CommandError('option-impossible', '--post asks a gateway, --data, --database and --config ask none');
  }
  if (from === undefined && resume === undefined) {
    throw new CommandError('days-missing', 'name the service days with --from and --to, or a repricing with --resume');
  }
  const [repricing, { printRepricing }] = await Promise.all([
    isHere ? repriceHere(options) : repriceThere(options),
    import('../../tariff/print-repricing.js'),
  ]);
  if (options.json) console.log(JSON.stringify(repricing, undefined, 2));
  else for (const line of printRepricing(repricing, coloursFor(process.stdout))) console.log(line);
}

async function repriceThere({ post = 'http://127.0.0.1:8051', key, ...asked }: RepriceOptions) {
  if (!key) {
    throw new CommandError('key-missing', 'a gateway needs an API key', undefined, 'Give --key, or set YONGTAP_KEY.');
  }
  const { repriceOverHttp } = await import('../../tariff/reprice-over-http.js');
  return repriceOverHttp({ ...asked, post, key });
}

async function repriceHere(options: RepriceOptions): Promise<RepricingView> {
  const { data, database, config, from = '', to = from, resume, dryRun = false } = options;
  const [{ withFares }, { booksAndFares }] = await Promise.all([
    import('../../../gateway/index.js'),
    import('../../gateway/books-and-fares.js'),
  ]);
  if (resume === undefined) checkDays(from, to);
  const { signal, dispose } = untilInterrupted();
  const books = await booksAndFares({ data, database }, config);
  const folder: FaresFolder = { ...books, clock: () => new Date(), random: randomBytes, signal };
  const repricing = await withFares(folder, (fares) =>
    resume === undefined ? fares.reprice({ from, to, dryRun }) : fares.resume(resume),
  ).finally(dispose);
  if (repricing) return repricing;
  throw new CommandError('repricing-unknown', `there is no repricing ${resume}`, exitCodes.no);
}

function checkDays(from: string, to: string): void {
  parseDay(from, '--from');
  parseDay(to, '--to');
  if (to < from) throw new CommandError('date-invalid', '--to is before --from');
}
