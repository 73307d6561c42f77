import { Command } from 'commander';
import { coloursFor } from '../../colours.js';
import { exitCodes } from '../../exit-codes.js';

interface CheckOptions {
  readonly date?: string;
  readonly state?: string;
  readonly json?: boolean;
}

export function checkCommand(): Command {
  return new Command('check')
    .description('check the keys of a file, or those that are trusted: numbers, check values, last day')
    .argument('[file]', 'a file of keys in any form that import reads; - reads the pipe')
    .option('--date <date>', 'the day on which they have to last, YYYY-MM-DD (default: today)')
    .option('--state <folder>', 'where imported keys are kept')
    .option('--json', 'print the findings as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap keys check
  yongtap keys check capk.json --json

Exit code 1: a key is faulty, or past its last day.`,
    )
    .action(check);
}

async function check(path: string | undefined, options: CheckOptions): Promise<void> {
  const [{ readKeyFile }, { knownKeys }, { ageOf, ageText }, { stateFolder }, { parseDay }, { faultLine, keyLines }] =
    await Promise.all([
      import('../../keys/read-key-files.js'),
      import('../../keys/known-keys.js'),
      import('../../keys/key-view.js'),
      import('../../state/state-folder.js'),
      import('../../options/day.js'),
      import('../../keys/print-key-file.js'),
    ]);
  const day = parseDay(options.date);
  const file =
    path === undefined
      ? {
          keys: (await knownKeys(stateFolder(options.state), { all: false })).map(({ key }) => ({ key, notes: [] })),
          faults: [],
        }
      : await readKeyFile(path);
  const findings = file.keys.map(({ key, notes }) => ({ key, notes, age: ageOf(key, day) }));
  const outdated = findings.filter(({ age }) => age === 'in-grace' || age === 'overdue');
  if (file.faults.length + outdated.length > 0) process.exitCode = exitCodes.no;
  if (options.json) {
    const keys = findings.map(({ key: { rid, index, sha1, sm3, expires }, notes, age }) => ({
      rid,
      index,
      sha1,
      sm3,
      expires,
      notes,
      age,
    }));
    console.log(JSON.stringify({ keys, faults: file.faults }, undefined, 2));
    return;
  }
  const colours = coloursFor(process.stdout);
  for (const { key, notes } of findings) for (const line of keyLines(key, 'good', notes, colours)) console.log(line);
  for (const { key } of outdated) console.log(`${colours.yellow('!')} ${key.rid} ${key.index}: ${ageText(key, day)}`);
  for (const fault of file.faults) console.log(faultLine(fault, colours));
  console.log(`${findings.length} keys sound, ${outdated.length} past their last day, ${file.faults.length} faulty`);
}
