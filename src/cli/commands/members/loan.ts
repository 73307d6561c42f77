import { Command, Option } from 'commander';
import type { LoanOptions } from '../../members/benefits/quote-loan.js';
import { addMemberGateway } from '../../members/member-gateway.js';
import { parseMonths } from '../../options/months.js';
import { parseYuan } from '../../options/yuan.js';

export function loanCommand(): Command {
  return addMemberGateway(new Command('loan'))
    .description('what a member could borrow, at which rate and why, and how it is paid back')
    .argument('<member>', 'the union’s number of the member')
    .requiredOption('--amount <yuan>', 'how much', parseYuan)
    .requiredOption('--months <number>', 'for how long', parseMonths)
    .option('--kind <kind>', 'credit, guaranteed-business, secured, or as the policy names them', 'credit')
    .addOption(
      new Option('--plan <plan>', 'how it is paid back')
        .choices(['equal-instalments', 'equal-principal'])
        .default('equal-instalments'),
    )
    .option('--at <instant>', 'when (default: now)')
    .option('--beyond-general', 'the lender has decided to go beyond what is general for this kind')
    .option('--json', 'print the quote as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members loan A1 --amount 50000 --months 12 --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap members loan A1 --amount 300000 --months 36 --plan equal-principal --post http://127.0.0.1:8051 --json

It binds nobody. Exit code 1: nothing would be lent; the steps say why.`,
    )
    .action(async (member: string, options: LoanOptions) => {
      const { showQuote } = await import('../../members/benefits/quote-loan.js');
      await showQuote(member, options);
    });
}
