import { Command } from 'commander';
import type { Account } from '../../accounts/account.js';
import { addMemberGateway, type MemberGateway } from '../../members/member-gateway.js';

interface ListOptions extends MemberGateway {
  readonly json?: boolean;
}

export function listCommand(): Command {
  return addMemberGateway(new Command('list'))
    .description('all accounts, their roles and what they belong to')
    .option('--json', 'print them as JSON')
    .addHelpText('after', '\nExamples:\n  yongtap accounts list --post http://127.0.0.1:8051')
    .action(list);
}

const PAGE = 1000;

async function list({ json, ...gateway }: ListOptions): Promise<void> {
  const [{ askMembers }, { belongingOf }, { coloursFor }] = await Promise.all([
    import('../../members/member-gateway.js'),
    import('../../accounts/account.js'),
    import('../../colours.js'),
  ]);
  const accounts: Account[] = [];
  for (let after: string | undefined; ; ) {
    const page = await askMembers<{ readonly accounts: readonly Account[]; readonly next?: string }>(
      gateway,
      'v1/accounts',
      { query: { limit: PAGE, after } },
    );
    accounts.push(...page.accounts);
    if (page.next === undefined) break;
    after = page.next;
  }
  if (json) {
    console.log(JSON.stringify(accounts, undefined, 2));
    return;
  }
  const { bold, dim } = coloursFor(process.stdout);
  if (accounts.length === 0) console.log('no account yet: yongtap accounts add makes one');
  for (const account of accounts) {
    const { name, roles, state, secondFactor } = account;
    const more = [belongingOf(account), state, ...(secondFactor ? ['second factor'] : [])].join(', ');
    console.log(`${bold(name)}  ${roles.join(' ')}  ${dim(more)}`);
  }
}
