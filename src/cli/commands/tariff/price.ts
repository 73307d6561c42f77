import { Command, Option } from 'commander';
import { coloursFor } from '../../colours.js';
import { exitCodes } from '../../exit-codes.js';
import { parseYuan } from '../../options/yuan.js';
import type { JourneyOptions } from '../../tariff/journey-of-options.js';

interface PriceOptions extends JourneyOptions {
  readonly tariff?: string[];
  readonly campaigns?: string[];
  readonly language?: 'en' | 'zh';
  readonly json?: boolean;
}

export function priceCommand(): Command {
  return new Command('price')
    .description('what a journey costs, and why: each step of its price')
    .argument('[file]', 'a list of taps as YAML or JSON, or a card with its taps; - for the pipe')
    .option(
      '--service <service>',
      'of one journey given by options: metro, bus, parking, taxi, bicycle, retail, cinema',
    )
    .option('--at <instant>', 'its only or first tap (default: noon of 2015-10-13)')
    .option('--place <key=value,...>', 'where it begins: station=鼓楼, line=10,region=urban, zone=1, distanceM=5000')
    .option('--to <key=value,...>', 'where it ends')
    .option('--minutes <number>', 'how long it takes (default: 30)')
    .option('--amount <yuan>', 'in a shop and a cinema: what is due', parseYuan)
    .option('--member', 'the card is a member’s')
    .option('--certified <year...>', 'the member is certified for these years, from their first day on')
    .option('--rider <category...>', 'the rider is one of these: senior')
    .option('--tariff <id-or-file...>', 'versions of the tariff (default: ningbo)')
    .option('--campaigns <id-or-file...>', 'sets of campaigns (default: ningbo-2015 ningbo-2016)')
    .addOption(new Option('--language <language>', 'of the steps').choices(['en', 'zh']).default('en'))
    .option('--json', 'print journeys and refused taps as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap tariff price --service metro --place station=高桥西 --to station=鄞州大道 --member
  yongtap tariff price --service bus --place line=10,region=urban --at 2016-03-01T08:00:00 --member --certified 2016
  yongtap tariff price --service taxi --place distanceM=12000,waitingS=300 --at 2016-05-01T23:10:00 --json`,
    )
    .action(price);
}

async function price(file: string | undefined, options: PriceOptions): Promise<void> {
  const [
    { priceCard, unknownCard },
    { loadCampaignsOption, loadTariffOption },
    { readTaps },
    { journeyOf },
    { printPriced },
  ] = await Promise.all([
    import('../../../gateway/fares/index.js'),
    import('../../tariff/load-fares.js'),
    import('../../tariff/read-taps.js'),
    import('../../tariff/journey-of-options.js'),
    import('../../tariff/print-priced.js'),
  ]);
  const given = file === undefined ? await journeyOf(options) : await readTaps(file);
  const tariff = await loadTariffOption(options.tariff);
  const campaigns = await loadCampaignsOption(options.campaigns);
  const { card = unknownCard, taps } = given;
  const priced = priceCard({ tariff, campaigns, card, taps, isClosed: () => true });
  if (options.json) console.log(JSON.stringify(priced, undefined, 2));
  else {
    const lines = printPriced(priced, taps, coloursFor(process.stdout), options.language ?? 'en');
    for (const line of lines) console.log(line);
  }
  if (priced.refused.length > 0) process.exitCode = exitCodes.no;
}
