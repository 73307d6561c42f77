import { Command, Option } from 'commander';
import { coloursFor } from '../../colours.js';

interface RepriceOptions {
  readonly post: string;
  readonly key: string;
  readonly from?: string;
  readonly to?: string;
  readonly resume?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function repriceCommand(): Command {
  return new Command('reprice')
    .description('price booked journeys again under the fares of a running gateway, and book the differences')
    .option('--post <url>', 'its address', 'http://127.0.0.1:8051')
    .addOption(new Option('--key <key>', 'an administrator’s API key').env('YONGTAP_KEY').makeOptionMandatory())
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

What was booked stays: a difference is a correction, in the books of the next day that is open.`,
    )
    .action(reprice);
}

async function reprice(options: RepriceOptions): Promise<void> {
  const [{ repriceOverHttp }, { printRepricing }] = await Promise.all([
    import('../../tariff/reprice-over-http.js'),
    import('../../tariff/print-repricing.js'),
  ]);
  const repricing = await repriceOverHttp(options);
  if (options.json) console.log(JSON.stringify(repricing, undefined, 2));
  else for (const line of printRepricing(repricing, coloursFor(process.stdout))) console.log(line);
}
