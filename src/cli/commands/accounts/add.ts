import { Command } from 'commander';
import { addMemberGateway, type MemberGateway } from '../../members/member-gateway.js';

interface AddOptions extends MemberGateway {
  readonly role: readonly string[];
  readonly member?: string;
  readonly unit?: string;
  readonly bank?: string;
  readonly operator?: string;
  readonly json?: boolean;
}

export function addCommand(): Command {
  return addMemberGateway(new Command('add'))
    .description('make an account, and print the invitation with which they set their password')
    .argument('<name>', 'what they log in with; no mobile number, no identity number')
    .requiredOption('--role <role...>', 'member, unit-officer, branch-officer, city-officer, bank-teller, …')
    .option('--member <number>', 'of a member: their number')
    .option('--unit <id>', 'of an officer of a unit: the unit')
    .option('--bank <bank>', 'of a teller: the bank')
    .option('--operator <name>', 'of somebody of a transport operator: the operator')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap accounts add chen.jie --role auditor --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap accounts add he.ping --role bank-teller --bank boc --post http://127.0.0.1:8051

Which role may do what: docs/people.md.`,
    )
    .action(add);
}

async function add(name: string, { role, member, unit, bank, operator, json, ...gateway }: AddOptions): Promise<void> {
  const [{ askMembers }, { invitationLines }] = await Promise.all([
    import('../../members/member-gateway.js'),
    import('../../accounts/account.js'),
  ]);
  const body = { name, roles: role, member, unit, bank, operator };
  const made = await askMembers<Parameters<typeof invitationLines>[0] & { readonly id: string }>(
    gateway,
    'v1/accounts',
    { body },
  );
  if (json) console.log(JSON.stringify(made, undefined, 2));
  else console.log([`made ${made.id}`, ...invitationLines(made, gateway.post)].join('\n'));
}
