import { Command } from 'commander';
import { coloursFor } from '../../colours.js';
import { exitCodes } from '../../exit-codes.js';

interface DiffOptions {
  readonly day: string;
  readonly campaigns?: boolean;
  readonly member?: boolean;
  readonly json?: boolean;
}

export function diffCommand(): Command {
  return new Command('diff')
    .description(
      'what a rider would notice between two tariffs, or two sets of campaigns: fields, and journeys by price',
    )
    .argument('<a>', 'an id in the box, or a file')
    .argument('<b>', 'the other one')
    .option('--day <YYYY-MM-DD>', 'on which the sample journeys are made', '2015-10-13')
    .option('--campaigns', 'ids are of campaigns, also where a tariff has the same')
    .option('--member', 'the sample journeys are a member’s')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap tariff diff ningbo-2015 ningbo-2016 --day 2016-05-03
  yongtap tariff diff ningbo-2015 ningbo-2016 --campaigns --member
  yongtap tariff diff my-tariff.yaml ningbo-2015 --day 2016-05-03 --json

Exit code 1 where they differ.`,
    )
    .action(diff);
}

async function diff(a: string, b: string, { campaigns, day, member = false, json }: DiffOptions): Promise<void> {
  const [{ diffFields, diffPrices, unknownCard }, { loadSide }, { printDiff }] = await Promise.all([
    import('../../../gateway/fares/index.js'),
    import('../../tariff/load-side.js'),
    import('../../tariff/print-diff.js'),
  ]);
  const [before, after] = [await loadSide(a, { campaigns }), await loadSide(b, { campaigns })];
  const fields = diffFields(before.document, after.document);
  const prices = diffPrices(before.fares, after.fares, day, { ...unknownCard, member });
  if (json) console.log(JSON.stringify({ same: fields.length === 0, day, fields, prices }, undefined, 2));
  else for (const line of printDiff(fields, prices, coloursFor(process.stdout))) console.log(line);
  if (fields.length > 0) process.exitCode = exitCodes.no;
}
