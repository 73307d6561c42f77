import { Command, Option } from 'commander';
import type { ClaimOptions } from '../../members/benefits/claim-offer.js';
import { addMemberGateway } from '../../members/member-gateway.js';

export function claimCommand(): Command {
  return addMemberGateway(new Command('claim'))
    .description('claim a limited offer for a member; give it back; write down that it was collected')
    .argument('<offer>')
    .argument('<member>', 'the union’s number of the member')
    .option('--item <item>', 'which one, where the offer has several')
    .addOption(new Option('--cancel <reason>', 'give it back: who has waited longest gets it').conflicts('collected'))
    .option('--collected', 'it was handed to the member')
    .option('--json', 'print the claim as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members claim phones A1 --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap members claim phones A1 --collected --post http://127.0.0.1:8051 --json

The same again gets the same answer. Exit code 1: there is none for this member; the reason is told.`,
    )
    .action(async (offer: string, member: string, options: ClaimOptions) => {
      const { claimOffer } = await import('../../members/benefits/claim-offer.js');
      await claimOffer(offer, member, options);
    });
}
