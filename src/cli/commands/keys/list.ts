import { Command } from 'commander';
import { coloursFor } from '../../colours.js';

interface ListOptions {
  readonly rid?: string;
  readonly all?: boolean;
  readonly date?: string;
  readonly state?: string;
  readonly json?: boolean;
}

export function listCommand(): Command {
  return new Command('list')
    .description('the keys that cards are checked with, and how long they last')
    .option('--rid <rid>', 'of one scheme only, such as A000000333 for UnionPay')
    .option('--all', 'published keys too that are not trusted: other schemes’ and test keys')
    .option('--date <date>', 'the day on which they are looked at, YYYY-MM-DD (default: today)')
    .option('--state <folder>', 'where imported keys are kept')
    .option('--json', 'print them as JSON')
    .addHelpText('after', '\nExamples:\n  yongtap keys list\n  yongtap keys list --all --rid A000000333 --json')
    .action(list);
}

async function list({ rid, all, date, state, json }: ListOptions): Promise<void> {
  const [{ knownKeys }, { ageOf, ageText, checkValueOf, kindOf }, { stateFolder }, { parseDay }, { readKeyStore }] =
    await Promise.all([
      import('../../keys/known-keys.js'),
      import('../../keys/key-view.js'),
      import('../../state/state-folder.js'),
      import('../../options/day.js'),
      import('../../keys/key-store-file.js'),
    ]);
  const day = parseDay(date);
  const folder = stateFolder(state);
  const keys = (await knownKeys(folder, { all: all === true })).filter(
    ({ key }) => rid === undefined || key.rid === rid.toUpperCase(),
  );
  if (json) {
    console.log(
      JSON.stringify(
        keys.map(({ key, origin }) => ({ ...key, origin, age: ageOf(key, day) })),
        undefined,
        2,
      ),
    );
    return;
  }
  const colours = coloursFor(process.stdout);
  for (const { key, origin } of keys) {
    const age = ageOf(key, day);
    const paint =
      age === 'overdue' ? colours.red : age === 'in-grace' || age === 'ends-this-year' ? colours.yellow : String;
    const use = key.use ?? 'use not known';
    const check = colours.dim(checkValueOf(key).slice(0, 8));
    console.log(
      `${key.rid} ${colours.bold(key.index)}  ${kindOf(key).padEnd(9)} ${check}  ${use}, ${origin}, ${paint(ageText(key, day))}`,
    );
  }
  const { revoked } = await readKeyStore(folder);
  console.log(colours.dim(`${keys.length} keys, ${revoked.length} revoked certificates`));
}
