import { Argument, Command, Option } from 'commander';
import type { ListsOptions } from '../../members/benefits/show-lists.js';
import { addMemberGateway } from '../../members/member-gateway.js';
import { parseDay } from '../../options/day.js';

export function benefitListsCommand(): Command {
  return addMemberGateway(new Command('lists'))
    .description('lists of who is entitled to insurance and activities, as frozen and signed versions')
    .addArgument(new Argument('[list]', 'one of them (default: which there are)'))
    .option('--make', 'make the next version')
    .option('--day <date>', 'with --make: who is entitled when this service day ends (default: today)', parseDay)
    .option('--version <number>', 'another one than the newest')
    .option('--changes', 'who was added and who was dropped, and why')
    .option('--out <file>', 'write everybody on it into this file, and compare it with the signed hash')
    .addOption(new Option('--format <format>', 'of the file').choices(['csv', 'json']).default('csv'))
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members lists --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap members lists mutual-aid --make --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap members lists mutual-aid --changes --post http://127.0.0.1:8051 --json
  yongtap members lists mutual-aid --out mutual-aid.csv --post http://127.0.0.1:8051`,
    )
    .action(async (list: string | undefined, options: ListsOptions) => {
      const { showBenefitLists } = await import('../../members/benefits/show-lists.js');
      await showBenefitLists(list, options);
    });
}
