import { randomBytes } from 'node:crypto';
import { Command, Option } from 'commander';
import { makeFolder } from '../../folders/make-folder.js';
import type { SettledDay, SettlementView } from '../../gateway/index.js';
import { formatYuan } from '../../tap/index.js';
import { coloursFor } from '../colours.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { addBooksOptions, type BooksOptions, booksLocation } from '../gateway/books-options.js';
import { parseDay } from '../options/day.js';
import { parseUrl } from '../options/url.js';

interface SettleOptions extends BooksOptions {
  readonly day?: string;
  readonly close?: boolean;
  readonly config?: string;
  readonly operator?: string;
  readonly out?: string;
  readonly post?: string;
  readonly key?: string;
  readonly json?: boolean;
}

export function settleCommand(): Command {
  const command = new Command('settle')
    .description('settle a closed service day with each operator and sponsor, and write the files')
    .option('--day <date>', 'the service day, YYYY-MM-DD', (text: string) => parseDay(text, '--day'))
    .option('--close', 'close the day before, if it is over')
    .option('--config <file>', 'the gateway’s YAML file: where its books are, and by which rules --close prices')
    .option('--operator <name>', 'tell and write the files of this operator or sponsor only')
    .option('--out <folder>', 'write the files there, CSV and JSON, and write down that they were sent')
    .option('--post <url>', 'let a gateway do it', parseUrl)
    .addOption(new Option('--key <key>', 'an administrator’s API key of that gateway').env('YONGTAP_KEY'));
  return addBooksOptions(command)
    .option('--json', 'print the settlements as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap settle --day 2015-10-03 --close --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap settle --day 2015-10-03 --close --data ./gateway-data
  yongtap settle --day 2015-10-03 --data ./gateway-data --operator ningbo-metro --out ./settlements
  yongtap settle verify --data ./gateway-data

Without --post it works in the books themselves, whether the gateway runs or not; --close prices what waits for a tap by
the rules of the box, or of --config. A day is settled once: again tells what was made then. What the files hold: docs/settlement.md.`,
    )
    .action(settle)
    .addCommand(verifyCommand());
}

function verifyCommand(): Command {
  return addBooksOptions(new Command('verify'))
    .description('hold the whole books against themselves: every sum, every settled day, every file')
    .option('--json', 'print what is wrong as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap settle verify --data ./gateway-data

Exit code 1: something is wrong.`,
    )
    .action(async (_options: unknown, command: Command) => verify(command.optsWithGlobals<SettleOptions>()));
}

function dayOf({ day }: SettleOptions): string {
  if (day !== undefined) return day;
  throw new CommandError('wrong-use', 'which day?', undefined, 'Give --day YYYY-MM-DD.');
}

async function folderOf({ config, close, ...options }: SettleOptions) {
  const edge = { clock: () => new Date(), random: randomBytes };
  if (config === undefined && !close) return { ...(await booksLocation(options)), ...edge };
  const { data, database, masterKeyFile, masterKeyCommand } = options;
  const { booksAndFares } = await import('../gateway/books-and-fares.js');
  return { ...(await booksAndFares({ data, database, masterKeyFile, masterKeyCommand }, config)), ...edge };
}

async function verify(options: SettleOptions): Promise<void> {
  const { withMoney } = await import('../../gateway/index.js');
  const faults = await withMoney(await folderOf(options), (money) => money.verify());
  const colours = coloursFor(process.stdout);
  if (options.json) console.log(JSON.stringify({ agrees: faults.length === 0, faults }, undefined, 2));
  else if (faults.length === 0) console.log(`${colours.green('the books agree')} with themselves`);
  else for (const { kind, place, detail } of faults) console.log(`${colours.red(kind)} ${place}: ${detail}`);
  if (faults.length > 0) process.exitCode = exitCodes.no;
}

async function settle(options: SettleOptions): Promise<void> {
  const settled = options.post === undefined ? await settleHere(options) : await settleThere(options, options.post);
  tell(settled, options);
}

const chosen = ({ settlements }: SettledDay, { operator }: SettleOptions): readonly SettlementView[] =>
  operator === undefined ? settlements : settlements.filter(({ party }) => party === operator);

async function settleHere(options: SettleOptions): Promise<SettledDay> {
  const [{ withFares, withMoney }, { LineCount }, { writeSettlementFile }] = await Promise.all([
    import('../../gateway/index.js'),
    import('../settle/line-count.js'),
    import('../settle/settlement-file.js'),
  ]);
  const folder = await folderOf(options);
  const serviceDay = dayOf(options);
  if (options.close) await withFares(folder, (fares) => fares.close(serviceDay));
  return withMoney(folder, async (money) => {
    const count = new LineCount(process.stderr, () => performance.now());
    const settled = await money.settle(serviceDay, (lines) => count.show(lines)).finally(() => count.clear());
    if ('code' in settled) throw new CommandError(settled.code, settled.detail, exitCodes.no);
    if (options.out === undefined) return settled;
    makeFolder(options.out);
    for (const settlement of chosen(settled, options)) {
      for (const format of ['csv', 'json'] as const) {
        await writeSettlementFile(options.out, settlement, format, (write) => money.file(settlement, format, write));
      }
      if (settlement.state === 'created') await money.markSent(settlement.id);
    }
    return settled;
  });
}

async function settleThere(options: SettleOptions, url: string): Promise<SettledDay> {
  if (!options.key) {
    throw new CommandError('key-missing', '--post needs an API key', undefined, 'Give --key, or set YONGTAP_KEY.');
  }
  const [{ fetchFile, markSentAt, settleAt }, { writeSettlementFile }] = await Promise.all([
    import('../settle/settle-at-gateway.js'),
    import('../settle/settlement-file.js'),
  ]);
  const gateway = { url, key: options.key };
  const settled = await settleAt(gateway, dayOf(options), options.close === true);
  if (options.out === undefined) return settled;
  makeFolder(options.out);
  for (const settlement of chosen(settled, options)) {
    for (const format of ['csv', 'json'] as const) {
      await writeSettlementFile(options.out, settlement, format, (write) =>
        fetchFile(gateway, settlement, format, write),
      );
    }
    if (settlement.state === 'created') await markSentAt(gateway, settlement);
  }
  return settled;
}

function tell(settled: SettledDay, options: SettleOptions): void {
  const settlements = chosen(settled, options);
  if (options.json) {
    console.log(JSON.stringify({ ...settled, settlements }, undefined, 2));
    return;
  }
  const colours = coloursFor(process.stdout);
  const word = settled.result === 'created' ? 'settled' : 'settled before';
  console.log(`${colours.green(word)} ${settled.serviceDay}, ${settlements.length} settlements`);
  for (const { partyKind, party, number, totals, files } of settlements) {
    const direction = partyKind === 'operator' ? 'to' : 'from';
    const amount = `${formatYuan(totals.amountFen)} yuan`;
    console.log(`  ${direction} ${party}: ${colours.bold(amount)}, ${totals.lines} lines, number ${number}`);
    console.log(colours.dim(`    sha256 of the CSV ${files.csv.sha256}`));
  }
}
