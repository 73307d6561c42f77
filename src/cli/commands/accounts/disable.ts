import { Command } from 'commander';
import type { Account } from '../../accounts/account.js';
import { addMemberGateway, type MemberGateway } from '../../members/member-gateway.js';

interface DisableOptions extends MemberGateway {
  readonly reason?: string;
  readonly json?: boolean;
}

export function disableCommand(): Command {
  return addMemberGateway(new Command('disable'))
    .description('let nobody log in with an account, and end its sessions')
    .argument('<name>', 'the login name')
    .option('--reason <text>', 'why; it is kept')
    .option('--json', 'print the account as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  yongtap accounts disable chen.jie --reason "has left" --post http://127.0.0.1:8051',
    )
    .action((name: string, options: DisableOptions) => setState(name, options, 'disabled'));
}

export function enableCommand(): Command {
  return addMemberGateway(new Command('enable'))
    .description('let somebody log in again')
    .argument('<name>', 'the login name')
    .option('--reason <text>', 'why; it is kept')
    .option('--json', 'print the account as JSON')
    .addHelpText('after', '\nExamples:\n  yongtap accounts enable chen.jie --post http://127.0.0.1:8051')
    .action((name: string, options: DisableOptions) => setState(name, options, 'enabled'));
}

async function setState(
  name: string,
  { post, key, reason, json }: DisableOptions,
  state: 'disabled' | 'enabled',
): Promise<void> {
  const [{ askMembers }, { findAccount }] = await Promise.all([
    import('../../members/member-gateway.js'),
    import('../../accounts/account.js'),
  ]);
  const gateway = { post, ...(key !== undefined && { key }) };
  const { id } = await findAccount(gateway, name);
  const account = await askMembers<Account>(gateway, `v1/accounts/${id}/states`, { body: { state, reason } });
  console.log(json ? JSON.stringify(account, undefined, 2) : `${account.name} is ${state}`);
}
