import { Argument, Command, Option } from 'commander';
import type { OffersOptions } from '../../members/benefits/show-offers.js';
import { addMemberGateway } from '../../members/member-gateway.js';

export function offersCommand(): Command {
  return addMemberGateway(new Command('offers'))
    .description('limited offers that members claim first come, first served, and what is left of each')
    .addArgument(new Argument('[offer]', 'one of them, with who has claimed it'))
    .addOption(new Option('--state <state>', 'only those').choices(['upcoming', 'open', 'over']))
    .option('--publish <file>', 'publish the offer in this JSON or YAML file')
    .option('--close <reason>', 'close the offer before its time')
    .option('--json', 'print them as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members offers --publish offer.yaml --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap members offers --state open --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap members offers phones --post http://127.0.0.1:8051 --json

What an offer may say: docs/benefits.md.`,
    )
    .action(async (offer: string | undefined, options: OffersOptions) => {
      const { showOffers } = await import('../../members/benefits/show-offers.js');
      await showOffers(offer, options);
    });
}
