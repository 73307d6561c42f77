import { Command } from 'commander';
import { coloursFor } from '../../colours.js';
import { CommandError, exitCodes } from '../../exit-codes.js';

interface ShowOptions {
  readonly state?: string;
  readonly json?: boolean;
}

export function showCommand(): Command {
  return new Command('show')
    .description('one key with all its numbers')
    .argument('<rid>', '5 bytes in hex')
    .argument('<index>', '1 byte in hex, as 8F of a card names it')
    .option('--state <folder>', 'where imported keys are kept')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExamples:\n  yongtap keys show A000000333 04\n  yongtap keys show A000000333 18 --json')
    .action(show);
}

async function show(rid: string, index: string, { state, json }: ShowOptions): Promise<void> {
  const [{ knownKeys }, { ageText, kindOf }, { stateFolder }, { parseDay }] = await Promise.all([
    import('../../keys/known-keys.js'),
    import('../../keys/key-view.js'),
    import('../../state/state-folder.js'),
    import('../../options/day.js'),
  ]);
  const named = (await knownKeys(stateFolder(state), { all: true })).filter(
    ({ key }) => key.rid === rid.toUpperCase() && key.index === index.toUpperCase(),
  );
  if (named.length === 0) {
    throw new CommandError(
      'key-unknown',
      `no key ${rid} ${index}`,
      exitCodes.no,
      'yongtap keys list --all shows those that are known.',
    );
  }
  if (json) {
    console.log(
      JSON.stringify(
        named.map(({ key, origin }) => ({ ...key, origin })),
        undefined,
        2,
      ),
    );
    return;
  }
  const colours = coloursFor(process.stdout);
  const day = parseDay(undefined);
  for (const { key, origin } of named) {
    console.log(
      `${colours.bold(`${key.rid} ${key.index}`)}  ${kindOf(key)}, ${key.use ?? 'use not known'}, ${origin}, ${ageText(key, day)}`,
    );
    const numbers = {
      modulus: key.modulus,
      exponent: key.exponent,
      publicKey: key.publicKey,
      sha1: key.sha1,
      sm3: key.sm3,
    };
    for (const [name, value] of Object.entries(numbers)) {
      if (value === undefined) continue;
      const lines = value.match(/.{1,64}/g)!;
      for (const [line, digits] of lines.entries()) console.log(`  ${(line === 0 ? name : '').padEnd(10)} ${digits}`);
    }
  }
}
