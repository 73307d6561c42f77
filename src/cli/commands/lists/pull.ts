import { Command, Option } from 'commander';
import { listKinds } from '../../../lists/list-kinds.js';
import type { PullListsOptions } from '../../lists/perform-pull.js';
import { parseName } from '../../options/name.js';
import { parseSeconds } from '../../options/seconds.js';
import { parseUrl } from '../../options/url.js';

export function pullCommand(): Command {
  return new Command('pull')
    .description('bring a terminal’s lists up to date, and tell the gateway which versions it has')
    .requiredOption('--from <url>', 'the gateway', parseUrl)
    .addOption(new Option('--key <key>', 'API key of the gateway').env('YONGTAP_KEY').makeOptionMandatory())
    .requiredOption('--to <folder>', 'where the terminal keeps them; made where it is missing')
    .addOption(new Option('--only <list...>', 'some of them').choices(listKinds))
    .option('--pin <key-id>', 'the key to trust first (default: those that the gateway has at the first pull)')
    .option('--operator <name>', 'operator of the terminal, for the report', parseName)
    .option('--terminal <name>', "the terminal's name, for the report", parseName)
    .addOption(new Option('--watch [seconds]', 'go on until Ctrl-C, this often').argParser(parseSeconds))
    .option('--json', 'print what was taken as JSON; with --watch a line each time')
    .addHelpText(
      'after',
      `
Examples:
  yongtap lists pull --from http://127.0.0.1:8051 --key $YONGTAP_KEY --to ./lists
  yongtap lists pull --from http://127.0.0.1:8051 --key $YONGTAP_KEY --to ./lists --operator ningbo-metro --terminal gate-7
  yongtap lists pull --from http://127.0.0.1:8051 --key $YONGTAP_KEY --to ./lists --watch 30
  yongtap tap --card service-card-51 --lists ./lists

Exit code 1: a list was refused, for its signature say; the terminal goes on with the version that it has.`,
    )
    .action(async (options: PullListsOptions) => {
      const { performPull } = await import('../../lists/perform-pull.js');
      await performPull(options);
    });
}
