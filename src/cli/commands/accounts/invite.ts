import { Command } from 'commander';
import type { Invitation } from '../../accounts/account.js';
import { addMemberGateway, type MemberGateway } from '../../members/member-gateway.js';

interface InviteOptions extends MemberGateway {
  readonly secondFactor?: boolean;
  readonly json?: boolean;
}

export function inviteCommand(): Command {
  return addMemberGateway(new Command('invite'))
    .description('another invitation, in place of one that was not taken up')
    .argument('<name>', 'the login name')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExamples:\n  yongtap accounts invite chen.jie --post http://127.0.0.1:8051')
    .action((name: string, options: InviteOptions) => tellInvitation(name, options, 'invitations', undefined));
}

export function resetCommand(): Command {
  return addMemberGateway(new Command('reset'))
    .description('take the password, end every session, and print a new invitation')
    .argument('<name>', 'the login name')
    .option('--second-factor', 'take the second factor too: the authenticator is lost')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExamples:\n  yongtap accounts reset chen.jie --second-factor --post http://127.0.0.1:8051')
    .action((name: string, options: InviteOptions) =>
      tellInvitation(name, options, 'reset', { secondFactor: options.secondFactor === true }),
    );
}

async function tellInvitation(
  name: string,
  { post, key, json }: InviteOptions,
  what: 'invitations' | 'reset',
  body: object | undefined,
): Promise<void> {
  const [{ askMembers }, { findAccount, invitationLines }] = await Promise.all([
    import('../../members/member-gateway.js'),
    import('../../accounts/account.js'),
  ]);
  const gateway = { post, ...(key !== undefined && { key }) };
  const { id } = await findAccount(gateway, name);
  const told = await askMembers<Invitation>(gateway, `v1/accounts/${id}/${what}`, { method: 'POST', body });
  console.log(json ? JSON.stringify(told, undefined, 2) : invitationLines(told, post).join('\n'));
}
